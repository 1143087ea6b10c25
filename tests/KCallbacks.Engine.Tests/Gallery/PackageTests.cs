using System.Text.RegularExpressions;
using KCallbacks.Build.Packaging;
using KCallbacks.Build.Verbs;
using KCallbacks.Engine.Tests.DataModel;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;
using KCallbacks.Tool;

namespace KCallbacks.Engine.Tests.Gallery;

/// <summary>The release zip, installed into the folder where the real engine looks for packages of the user.</summary>
[TestClass]
public sealed class PackageTests
{
    private static readonly string Folder = Path.Combine(Paths.WinePrefix, "drive_c", "users", Environment.UserName, "AppData", "Local", "Dbg");

    [TestInitialize]
    public void Install()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("Skipped on Windows: the engine looks into the folder of the user who runs the tests, whose own installation stays untouched.");
        string zip = Package.Write(Paths.Repository, new ReleasedPrograms(new Dictionary<string, string> { ["amd64"] = Paths.Extension }), Path.Combine(AppContext.BaseDirectory, "package"));
        Run("install", zip);
    }

    [TestCleanup]
    public void Uninstall()
    {
        if (!OperatingSystem.IsWindows())
            Run("uninstall");
    }

    [TestMethod]
    public void The_engine_understands_everything_the_manifest_says()
    {
        using EngineProcess engine = EngineWithoutExtension();

        string gallery = engine.Run("dx -r9 Debugger.State.ExtensionGallery.ExtensionRepositories");

        Assert.MatchesRegex(@"Name +: KernelCallbacks", gallery);
        Assert.MatchesRegex(@"FullPath +: .*\\KernelCallbacks\\[\d.]+\\amd64\\kcallbacks\.dll", gallery);
        Assert.MatchesRegex(@"(?s)FunctionAliases.*Name +: kernelcallbacks", gallery);
        Assert.MatchesRegex(@"(?s)EngineCommands.*Name +: kcallbacks.*!kcallbacks \[-a\]", gallery);
        Assert.MatchesRegex(@"Description +: What hangs a program", gallery);
        Assert.MatchesRegex(@"FullPath +: .*\\KernelCallbacks\\[\d.]+\\scripts\\kcallbacks\.js", gallery);
        Assert.MatchesRegex(@"(?s)Kind +: Script.*FunctionAliases.*Name +: waitgraph.*Name +: callbackreport", gallery);
    }

    [TestMethod]
    public void The_properties_load_by_themselves()
    {
        using EngineProcess engine = EngineWithoutExtension();

        Assert.Contains("in-callback", engine.Run("dx @$curprocess.KernelCallbacks"));
    }

    [TestMethod]
    public void The_property_of_a_thread_loads_by_itself_and_nothing_else_loads_the_library()
    {
        using EngineProcess engine = EngineWithoutExtension();

        foreach (string command in new[] { "~*k", "lm", "dx @$cursession" })
            engine.Execute(command);
        Assert.DoesNotContain("kcallbacks", engine.Run(".chain"));
        Assert.MatchesRegex(@"Verdict +: (in-callback|none)", engine.Run("dx @$curthread.KernelCallback"));
        Assert.Contains("kcallbacks", engine.Run(".chain"));
    }

    [TestMethod]
    [DataRow("Debugger.Models.Process", "dx @$curprocess.KernelCallbacks")]
    [DataRow("Debugger.Models.Thread", "dx @$curthread.KernelCallback")]
    public void Without_its_extension_in_the_manifest_a_property_is_not_there(string model, string query)
    {
        Change($"<NamedExtension Name=\"{model}\" />", "");
        using EngineProcess engine = EngineWithoutExtension();

        Assert.Contains("Unable to bind name", engine.Execute(query).Text);
    }

    [TestMethod]
    [DataRow("callbackfacts", "@$callbackfacts()", "ThreadsJudged")]
    [DataRow("callbackintervals", "@$callbackintervals(@$curprocess.Threads.Take(1).Select(t => new {ThreadId = t.Id, TimeStart = 1}), @$curprocess.Threads.Take(0))", "open: no return")]
    public void Every_function_of_the_manifest_loads_by_itself_whatever_was_first(string name, string query, string answer)
    {
        using (EngineProcess engine = EngineWithoutExtension())
            Assert.Contains(answer, engine.Run($"dx {query}"), name);
        using (EngineProcess engine = EngineWithoutExtension())
        {
            engine.Run("!kcallbacks");
            Assert.Contains(answer, engine.Run($"dx {query}"), name);
        }
    }

    /// <summary>Each in a session of its own, where nothing has loaded the extension.</summary>
    [TestMethod]
    public void Every_query_of_the_readme_is_answered_in_a_fresh_session()
    {
        foreach (string query in ReadmeTests.Queries.Select(query => (string)query[0]))
        {
            using EngineProcess engine = EngineWithoutExtension();

            string answer = engine.Run(query);

            Assert.IsGreaterThan(0, answer.Trim().Length, query);
            Assert.DoesNotContain("Error", answer, query);
        }
    }

    [TestMethod]
    public void The_debugger_is_offered_windows_with_icons()
    {
        using EngineProcess engine = EngineWithoutExtension();

        string views = engine.Run("dx -r3 Debugger.State.Views");

        Assert.HasCount(3, Regex.Matches(views, "Group +: Hangs"));
        Assert.HasCount(1, Regex.Matches(views, "IsGroupPrimary +: true"));
        foreach ((string name, string kind) in new[] { ("Kernel callbacks", "Grid"), ("Who waits for whom", "Graph"), ("Waits", "Grid") })
            Assert.MatchesRegex($@"(?s)Name +: {name}.*?ViewKind +: {kind}", views);
        // The window of the graph asks the script, for which this engine has no provider.
        foreach (Match query in Regex.Matches(views, @"Query +: (?<query>@\$kernel\S+)"))
            Assert.DoesNotContain("Error", engine.Run($"dx -g {query.Groups["query"].Value}"));
    }

    [TestMethod]
    public void Agents_find_two_tools_and_what_they_name_answers()
    {
        using EngineProcess engine = EngineWithoutExtension();

        string tools = engine.Run("dx -r4 Debugger.State.MCP.Tools");

        Assert.MatchesRegex(@"Name +: kernel_callbacks\n", tools);
        Assert.MatchesRegex(@"Name +: kernel_callbacks_of_threads\n", tools);
        Assert.MatchesRegex(@"(?s)Parameters.*Name +: options.*IsRequired +: true.*Type +: 0x8", engine.Run("dx -r6 Debugger.State.MCP.Tools"));
        string function = Regex.Matches(tools, @"ModelFunction +: (\S+)").Select(match => match.Groups[1].Value).Distinct().Single();
        Assert.Contains("ThreadsJudged", engine.Run($"dx {function}()"));
        Assert.Contains("ThreadsJudged", engine.Run($"dx {function}(\"\")"));
        Assert.Contains("ThreadsJudged", engine.Run($"dx {function}(\"-m \\\"no such name\\\"\")"));
    }

    [TestMethod]
    public void In_secure_mode_the_tools_are_there_and_answer()
    {
        using EngineProcess engine = EngineRun.Start();
        engine.Execute(".secure 1");
        engine.OpenDump(Sample.NormalDump);

        Assert.Contains("kernel_callbacks", engine.Run("dx -r2 Debugger.State.MCP.Tools"));
        Assert.Contains("ThreadsJudged", engine.Run("dx @$callbackfacts(\"-a\")"));
    }

    [TestMethod]
    public void The_command_loads_by_itself()
    {
        using EngineProcess engine = EngineWithoutExtension();

        Assert.Contains("in a callback", engine.Run("!kcallbacks"));
    }

    [TestMethod]
    public void The_function_loads_by_itself_and_brings_the_properties()
    {
        using EngineProcess engine = EngineWithoutExtension();

        string text = engine.Run("dx @$kernelcallbacks()");

        Assert.Contains("in-callback", text);
        Assert.Contains("in-callback", engine.Run("dx @$curprocess.KernelCallbacks"));
    }

    [TestMethod]
    public void The_function_is_there_when_the_command_was_first()
    {
        using EngineProcess engine = EngineWithoutExtension();
        engine.Run("!kcallbacks");

        Assert.Contains("in-callback", engine.Run("dx @$kernelcallbacks(\"-d 2\")"));
    }

    [TestMethod]
    [DataRow("Type=\"Engine\"", "Type=\"Motor\"")]
    [DataRow("FilePathKind=\"RepositoryRelative\"", "FilePathKind=\"Somewhere\"")]
    [DataRow("<Name>KernelCallbacks</Name>", "<Name>OtherCallbacks</Name>")]
    public void A_manifest_with_a_mistake_loads_nothing(string right, string wrong)
    {
        Change(right, wrong);
        using EngineProcess engine = EngineWithoutExtension();

        Assert.Contains("No export kcallbacks found", engine.Execute("!kcallbacks").Text);
        Assert.Contains("Error:", engine.Execute("dx @$kernelcallbacks()").Text);
    }

    [TestMethod]
    public void The_doctor_finds_nothing_wrong() => Assert.DoesNotContain("WRONG", Run("doctor"));

    [TestMethod]
    public void A_library_that_an_engine_has_loaded_is_not_taken_away()
    {
        using EngineProcess engine = EngineWithoutExtension();
        engine.Run("!kcallbacks");
        using var output = new StringWriter();
        using var error = new StringWriter();

        ExitCode code = new ToolHost(Stream.Null, output, error, TimeProvider.System).Run(["uninstall", "--into", Folder]);

        Assert.AreEqual(ExitCode.InputError, code, output.ToString());
        Assert.Contains("kcallbacks.dll is in use by", error.ToString());
        Assert.Contains("in a callback", engine.Run("!kcallbacks"));
    }

    /// <summary>Changes the manifest that is installed.</summary>
    private static void Change(string what, string to)
    {
        string manifest = Path.Combine(Folder, "UserExtensions", GalleryPackage.Name, GalleryPackage.Name + ".xml");
        string text = File.ReadAllText(manifest);
        Assert.Contains(what, text);
        File.WriteAllText(manifest, text.Replace(what, to));
    }

    private static EngineProcess EngineWithoutExtension()
    {
        EngineProcess engine = EngineRun.Start();
        engine.OpenDump(Sample.NormalDump);
        return engine;
    }

    private static string Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        ExitCode code = new ToolHost(Stream.Null, output, error, TimeProvider.System).Run([.. arguments, "--into", Folder]);
        Assert.AreEqual(ExitCode.Fine, code, output.ToString() + error);
        return output.ToString();
    }
}

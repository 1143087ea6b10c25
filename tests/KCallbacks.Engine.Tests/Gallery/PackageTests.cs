using KCallbacks.Build.Packaging;
using KCallbacks.Build.Verbs;
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
        Assert.MatchesRegex(@"Description +: Finds threads", gallery);
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
        string manifest = Path.Combine(Folder, "UserExtensions", GalleryPackage.Name, GalleryPackage.Name + ".xml");
        string text = File.ReadAllText(manifest);
        Assert.Contains(right, text);
        File.WriteAllText(manifest, text.Replace(right, wrong));
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

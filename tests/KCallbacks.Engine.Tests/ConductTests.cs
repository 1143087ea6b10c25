using System.Text.RegularExpressions;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.Engine.Tests.Generated;
using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Protocol;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Windows;

namespace KCallbacks.Engine.Tests;

/// <summary>Bad input, errors and Ctrl+Break: one clear line, nothing lost, and the engine lives.</summary>
[TestClass]
public sealed partial class ConductTests
{
    private static EngineProcess? s_shared;

    private static EngineProcess Shared => s_shared ?? throw new InvalidOperationException("The engine does not run.");

    [ClassInitialize]
    public static void Open(TestContext context) => s_shared = EngineRun.OpenDump(Sample.NormalDump);

    [ClassCleanup]
    public static void Close() => s_shared?.Dispose();

    [TestMethod]
    public void An_unknown_option_is_named_with_the_nearest()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.NormalDump);

        AssertOneLine("kcallbacks: unknown option -wlk; is -walk meant? All options: !kcallbacks -?", engine.Execute("!kcallbacks -wlk"));
    }

    [TestMethod]
    public void An_exception_prints_one_line_and_the_engine_lives()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.NormalDump);

        string table = engine.Run("!kcallbacks -t 2");
        Reply failed = engine.Execute("!kcallbacks -t 2 -jsonfile Q:\\no\\such\\folder\\file");

        Assert.AreEqual(1, Lines(failed.Text).Count(line => line.StartsWith("kcallbacks: The file was not written: ", StringComparison.Ordinal)), failed.Text);
        Assert.AreEqual(PrintedFinding.In(table)[0], PrintedFinding.In(engine.Run("!kcallbacks -t 2"))[0]);
    }

    [TestMethod]
    public void A_dump_whose_stacks_are_missing_gives_unknown_threads_and_no_none()
    {
        (UserDump dump, EngineProcess opened) = GeneratedSession.Open(UserCases.Damaged);
        using EngineProcess engine = opened;

        string table = engine.Run("!kcallbacks -a");

        foreach ((UserThread thread, PrintedFinding finding) in dump.Threads.Zip(PrintedFinding.In(table)).Where(pair => pair.First.Captured is null))
            Assert.AreEqual("unknown", finding.Verdict, $"{thread.Plan.Description} in\n{table}");
    }

    [TestMethod]
    public void In_secure_mode_files_are_refused_and_the_rest_works()
    {
        string[] allowed = ["", "-a", "-t 1,3", "-v", "-m KiUser*", "-d 2", "-r", "-i", "-g", "-json", "-walk", "-version", "-?"];
        (_, EngineProcess opened) = GeneratedSession.Open(UserCases.Shapes(WindowsLayout.Windows10));
        using EngineProcess usual = opened;
        using EngineProcess secure = GeneratedSession.OpenSecurely(UserCases.Shapes(WindowsLayout.Windows10));
        usual.Run("~*k"); // Loads the symbols and says what is wrong with them.
        secure.Run("~*k");

        AssertFilesRefused(secure);
        foreach (string options in allowed)
            Assert.AreEqual(Printed(usual, options), Printed(secure, options), options);
        Assert.Contains("Read and searched", secure.Run("!kcallbacks -stats"));
    }

    [TestMethod]
    public void Without_shell_commands_files_are_refused_too()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.NormalDump);
        engine.Run(".noshell");

        AssertFilesRefused(engine);
    }

    /// <summary>What nobody types on purpose.</summary>
    [TestMethod]
    [DataRow("\"")]
    [DataRow("-t \"\"")]
    [DataRow("-t -1")]
    [DataRow("-t 99999999999999999999")]
    [DataRow("-t 0-4294967295")]
    [DataRow("-t ~~[]")]
    [DataRow("-t ~~[zzzz]")]
    [DataRow("-d 2147483648")]
    [DataRow("-d -1")]
    [DataRow("-m \"\"")]
    [DataRow("-m [")]
    [DataRow("-m (*)+?\\")]
    [DataRow("-p \"\"")]
    [DataRow("-p 99999999999999999999")]
    [DataRow("-jsonfile \"\"")]
    [DataRow("-jsonfile \" \"")]
    [DataRow("-jsonfile .")]
    [DataRow("-jsonfile C:")]
    [DataRow("-jsonfile C:\\")]
    [DataRow("-jsonfile C:\\a<b>|c?*")]
    [DataRow("-jsonfile \\\\?\\")]
    [DataRow("-jsonfile \\\\.\\pipe\\none\\at\\all")]
    [DataRow("-record \\\\nosuchserver\\share\\file")]
    public void No_command_line_is_an_internal_error(string options)
    {
        string output = Shared.Execute($"!kcallbacks {options}").Text;

        Assert.IsNotEmpty(output);
        Assert.DoesNotContain("Internal error", output);
        Assert.IsNotEmpty(PrintedFinding.In(Shared.Run("!kcallbacks")));
    }

    [TestMethod]
    public void A_command_line_of_ten_thousand_characters_is_no_internal_error()
    {
        string output = Shared.Execute($"!kcallbacks -m {new string('a', 10_000)}").Text;

        Assert.DoesNotContain("Internal error", output);
    }

    [TestMethod]
    public void Ctrl_Break_prints_what_was_found_and_says_that_it_is_partial()
    {
        (_, EngineProcess opened) = GeneratedSession.Open(UserCases.LargeQuiet);
        using EngineProcess engine = opened;

        string output = engine.Execute("!kcallbacks -walk", interruptAfter: 30).Text;

        Assert.Contains("PARTIAL", output);
        Assert.DoesNotContain("PARTIAL", engine.Run("!kcallbacks"));
    }

    /// <summary>While a Ctrl+Break waits to be seen, the engine's reads fail.</summary>
    [TestMethod]
    public void Ctrl_Break_at_any_moment_makes_no_thread_unknown()
    {
        (_, EngineProcess opened) = GeneratedSession.Open(UserCases.LargeQuiet);
        using EngineProcess engine = opened;
        engine.Run("!kcallbacks");

        for (int moment = 0; moment < 60; moment++)
        {
            string output = engine.Execute("!kcallbacks", interruptAfter: moment).Text;

            Assert.DoesNotContain("its stack memory cannot be read", output, $"after {moment} ms");
        }
    }

    [TestMethod]
    public void Help_is_printed_by_both_of_its_names()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.NormalDump);

        string help = engine.Run("!kcallbacks -?");

        Assert.Contains("!kcallbacks - what hangs this program, and who must let go", help);
        Assert.AreEqual(help, engine.Run($"!{Path.GetFileNameWithoutExtension(Paths.Extension)}.help"));
    }

    private static void AssertOneLine(string start, Reply reply)
    {
        string[] lines = Lines(reply.Text);
        Assert.HasCount(1, lines, reply.Text);
        Assert.StartsWith(start, lines[0]);
    }

    private static void AssertFilesRefused(EngineProcess engine)
    {
        string path = Path.Combine(Paths.Dumps, "refused.json");
        File.Delete(path);
        foreach (string option in (string[])["-record", "-jsonfile", "-compare"])
        {
            AssertOneLine(
                "kcallbacks: No files are written in secure mode", engine.Execute($"!kcallbacks {option} {EngineRun.Platform.WindowsPathOf(path)}"));
            Assert.IsFalse(File.Exists(path));
        }
    }

    private static string Printed(EngineProcess engine, string options) => Milliseconds().Replace(engine.Run($"!kcallbacks {options}"), "# ms");

    [GeneratedRegex(@"[\d.,]+ ms")]
    private static partial Regex Milliseconds();

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

using KCallbacks.Engine.Tests.Engine;
using KCallbacks.Engine.Tests.Generated;
using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Protocol;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;

namespace KCallbacks.Engine.Tests;

/// <summary>Bad input, errors and Ctrl+Break: one clear line, nothing lost, and the engine lives.</summary>
[TestClass]
public sealed class ConductTests
{
    [TestMethod]
    public void An_unknown_option_is_named_with_the_nearest()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.NormalDump);

        AssertOneLine("kcallbacks: Unknown option '-wlk'. The nearest option is -walk", engine.Execute("!kcallbacks -wlk"));
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
        using EngineProcess engine = EngineRun.OpenDump(Sample.NormalDump);
        engine.Run(".noshell");

        AssertOneLine("kcallbacks: No files are written in secure mode", engine.Execute("!kcallbacks -record C:\\r.json"));
        Assert.IsNotEmpty(PrintedFinding.In(engine.Run("!kcallbacks")));
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

        Assert.Contains("Usage: !kcallbacks [options]", help);
        Assert.AreEqual(help, engine.Run($"!{Path.GetFileNameWithoutExtension(Paths.Extension)}.help"));
    }

    private static void AssertOneLine(string start, Reply reply)
    {
        string[] lines = Lines(reply.Text);
        Assert.HasCount(1, lines, reply.Text);
        Assert.StartsWith(start, lines[0]);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

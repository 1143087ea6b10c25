using System.Collections.Immutable;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;

namespace KCallbacks.Engine.Tests;

/// <summary>Every thread of the sample target is judged as the target itself says, however it is opened.</summary>
[TestClass]
public sealed class SampleVerdictTests
{
    [TestMethod]
    public void Threads_of_a_dump_without_memory_are_judged_right()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.NormalDump);

        AssertJudgedRight(engine, Sample.Target);
    }

    [TestMethod]
    public void Threads_of_a_full_dump_are_judged_right()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.FullDump);

        AssertJudgedRight(engine, Sample.Target);
    }

    [TestMethod]
    public void Threads_of_a_process_that_is_only_looked_at_are_judged_right()
    {
        using EngineProcess engine = EngineRun.Attach(Sample.Target.ProcessId, nonInvasive: true);

        AssertJudgedRight(engine, Sample.Target);
    }

    [TestMethod]
    public void Threads_of_a_process_under_the_debugger_are_judged_right()
    {
        using var target = SampleTarget.Start(EngineRun.Platform, Paths.SampleTarget);
        using EngineProcess engine = EngineRun.Attach(target.ProcessId);

        AssertJudgedRight(engine, target);
    }

    [TestMethod]
    public void Without_options_threads_in_callbacks_are_listed_and_whom_they_wait_for()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.FullDump);

        uint[] expected = [.. Sample.Target.Threads.Where(thread => thread.Depth > 0 || thread.Name == "deadlock-owner").Select(thread => thread.SystemId)];
        CollectionAssert.AreEquivalent(expected, PrintedFinding.In(engine.Run("!kcallbacks")).Select(finding => finding.SystemId).ToArray());
    }

    [TestMethod]
    public void A_full_dump_shows_the_system_calls_that_led_to_the_callbacks()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.FullDump);

        string table = engine.Run("!kcallbacks -v");

        Assert.Contains("NtUserGetMessage", table);
        Assert.Contains("NtUserCreateWindowEx", table);
    }

    /// <summary>By our own walk and by the engine's.</summary>
    private static void AssertJudgedRight(EngineProcess engine, SampleTarget target)
    {
        AssertJudgedRight(PrintedFinding.In(engine.Run("!kcallbacks -a")), target);
        AssertJudgedRight(PrintedFinding.In(engine.Run("!kcallbacks -a -walk")), target);
    }

    private static void AssertJudgedRight(ImmutableArray<PrintedFinding> findings, SampleTarget target)
    {
        foreach (SampleThread thread in target.Threads)
        {
            PrintedFinding finding = findings.Single(finding => finding.SystemId == thread.SystemId);
            Assert.AreEqual((thread.Verdict, thread.Depth), (finding.Verdict, finding.Depth), thread.Name);
        }
    }
}

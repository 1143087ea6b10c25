using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;

namespace KCallbacks.Engine.Tests;

/// <summary>The command on the sample target, whose threads say themselves what is right.</summary>
[TestClass]
public sealed class VerdictTests
{
    [TestMethod]
    public void Every_thread_of_the_live_target_is_judged_right()
    {
        using EngineProcess engine = EngineRun.Attach(Sample.Target.ProcessId, nonInvasive: true);

        AssertThreads(engine.Run("!kcallbacks -a"));
    }

    [TestMethod]
    public void Every_thread_of_a_minidump_is_judged_right()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.NormalDump);

        AssertThreads(engine.Run("!kcallbacks -a"));
    }

    [TestMethod]
    public void Every_thread_of_a_full_dump_is_judged_right()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.FullDump);

        AssertThreads(engine.Run("!kcallbacks -a"));
    }

    [TestMethod]
    public void A_full_dump_shows_the_system_calls_that_led_to_the_callbacks()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.FullDump);

        string table = engine.Run("!kcallbacks");

        Assert.Contains("NtUserGetMessage", table);
        Assert.Contains("NtUserCreateWindowEx", table);
    }

    private static void AssertThreads(string table)
    {
        var rows = TableRow.Of(table).ToDictionary(row => row.SystemId);
        foreach (SampleThread thread in Sample.Target.Threads)
        {
            Assert.IsTrue(rows.TryGetValue(thread.SystemId, out TableRow? row), $"{thread.Name} is missing in\n{table}");
            Assert.AreEqual((thread.Verdict, thread.Depth), (row.Verdict, row.Depth), $"{thread.Name} in\n{table}");
        }
    }
}

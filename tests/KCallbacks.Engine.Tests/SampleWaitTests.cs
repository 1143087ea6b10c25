using System.Text.Json;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;

namespace KCallbacks.Engine.Tests;

/// <summary>The deadlock of the sample target is found: a window procedure waits for a critical section whose owner sends its window a message.</summary>
[TestClass]
public sealed class SampleWaitTests
{
    [TestMethod]
    public void It_is_found_in_a_full_dump()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.FullDump);

        AssertDeadlock(engine);
    }

    [TestMethod]
    public void It_is_found_in_a_process_that_is_only_looked_at()
    {
        using EngineProcess engine = EngineRun.Attach(Sample.Target.ProcessId, nonInvasive: true);

        AssertDeadlock(engine);
    }

    [TestMethod]
    public void A_dump_without_memory_names_no_owner_of_the_section()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.NormalDump);

        Assert.IsEmpty(Report(engine).GetProperty("deadlocks").EnumerateArray());
    }

    /// <summary>Under Wine the window's handle is not known, so that the message alone leads from the sender to the window: that circle is likely.</summary>
    private static void AssertDeadlock(EngineProcess engine)
    {
        JsonElement report = Report(engine);
        JsonElement[] threads = [.. report.GetProperty("threads").EnumerateArray()];

        JsonElement deadlock = report.GetProperty("deadlocks").EnumerateArray().Single();

        uint[] circle = [.. deadlock.GetProperty("cycle").EnumerateArray().Select(edge => threads[edge.GetProperty("from").GetInt32()].GetProperty("systemId").GetUInt32())];
        CollectionAssert.AreEquivalent(new[] { IdOf("deadlock-window"), IdOf("deadlock-owner") }, circle);
        JsonElement section = threads.Single(thread => thread.GetProperty("systemId").GetUInt32() == IdOf("deadlock-window")).GetProperty("waitsFor").EnumerateArray().Single();
        Assert.AreEqual("critical-section", section.GetProperty("kind").GetString());
        Assert.AreEqual("certain", section.GetProperty("proof").GetString());
    }

    private static uint IdOf(string name) => Sample.Target.Threads.Single(thread => thread.Name == name).SystemId;

    private static JsonElement Report(EngineProcess engine)
    {
        string output = engine.Run("!kcallbacks -json");
        return JsonDocument.Parse(output[output.IndexOf("{\"schema\"", StringComparison.Ordinal)..]).RootElement;
    }
}

using KCallbacks.Engine.Tests.Engine;
using KCallbacks.Engine.Tests.Generated;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Windows;

namespace KCallbacks.Engine.Tests.DataModel;

/// <summary>What <c>dx</c> says of a deadlock across SendMessage.</summary>
[TestClass]
public sealed class WaitQueryTests
{
    private const string Findings = "@$curprocess.KernelCallbacks";

    private static EngineProcess s_engine = null!;

    [ClassInitialize]
    public static void OpenDump(TestContext context) => (_, s_engine) = GeneratedSession.Open(WaitCases.WindowAndSection(WindowsLayout.Windows10));

    [ClassCleanup]
    public static void CloseDump() => s_engine.Dispose();

    [TestMethod]
    public void The_result_is_what_the_command_prints_first()
    {
        string printed = s_engine.Run("!kcallbacks").Split('\n')[0];

        Assert.AreEqual(printed, s_engine.ValueOf($"{Findings}.Result"));
        Assert.AreEqual("deadlock", s_engine.ValueOf($"{Findings}.State"));
    }

    [TestMethod]
    public void A_finding_has_its_threads()
    {
        Assert.AreEqual("0x2", s_engine.ValueOf($"{Findings}.Findings.First().Cycle.Count()"));
        Assert.AreEqual("0x4", s_engine.ValueOf($"{Findings}.Findings.First().Threads.Count()"));
        Assert.AreEqual("certain", s_engine.ValueOf($"{Findings}.Findings.First().Proof"));
    }

    [TestMethod]
    public void A_thread_waits_for_an_object_that_another_holds()
    {
        string thread = $"{Findings}.Findings.First().Cycle[0]";

        Assert.AreEqual("critical-section", s_engine.ValueOf($"{thread}.WaitsFor.First().Kind"));
        Assert.AreEqual(s_engine.ValueOf($"{Findings}.Findings.First().Cycle[1].Id"), s_engine.ValueOf($"{thread}.WaitsFor.First().Owners.First().Id"));
        Assert.AreEqual("3", s_engine.ValueOf($"{thread}.HoldsUp"));
        Assert.AreEqual("waits", s_engine.ValueOf($"{thread}.Activity"));
        Assert.AreEqual("true", s_engine.ValueOf($"{thread}.IsUiThread"));
    }

    [TestMethod]
    public void The_graph_has_an_edge_for_each_owner_that_is_known()
    {
        string text = s_engine.Run($"dx -g {Findings}.WaitGraph");

        Assert.AreEqual("0x4", s_engine.ValueOf($"{Findings}.WaitGraph.Count()"));
        Assert.Contains("critical section", text);
        Assert.Contains("WM_USER+0x1", text);
        Assert.DoesNotContain("Error", text);
    }
}

using System.Text.Json;
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

    /// <summary>Agents and grids show of a list no more than its line.</summary>
    [TestMethod]
    public void A_list_is_displayed_as_what_it_holds()
    {
        Assert.Contains("threads 0 and 1 wait for each other", s_engine.ValueOf($"{Findings}.Findings"));
        Assert.MatchesRegex(@"0x\w+ -> 0x\w+, critical section app!g_first; .*; .*; 0x", s_engine.ValueOf($"{Findings}.WaitGraph"));
        Assert.MatchesRegex(@"critical section app!g_first -> 0x\w+$", s_engine.ValueOf($"{Findings}.First().WaitsFor"));
        Assert.MatchesRegex(@"^in-callback, depth 1, .*, waits for critical section app!g_first -> 0x\w+, holds up 3$", s_engine.ValueOf($"{Findings}.First()"));
    }

    [TestMethod]
    public void A_grid_has_its_columns_in_reading_order_and_empty_cells_are_empty()
    {
        string grid = s_engine.Run($"dx -g {Findings.Replace("@$curprocess.KernelCallbacks", "@$kernelcallbacks(\"-a\")")}");
        string[] columns = [.. grid.Split('\n')[1].Split('=', StringSplitOptions.TrimEntries).Where(name => name.Length > 0)];

        CollectionAssert.AreEqual(
            (string[])["Id", "Verdict", "Depth", "Message", "Handler", "Waiting", "Owner", "HoldsUp", "IsUiThread", "Activity"],
            columns[..10]);
        // The last column is the debugger's own thread, which displays nothing of itself.
        Assert.DoesNotMatchRegex(@"(?m)\{\.\.\.\}(?! +=$)", grid.ReplaceLineEndings("\n"));
    }

    [TestMethod]
    public void Text_that_is_not_known_stays_empty_in_queries() =>
        Assert.AreEqual("0x4", s_engine.ValueOf("@$kernelcallbacks(\"-a\").Where(t => t.Message == \"\").Count()"));

    [TestMethod]
    public void Facts_for_agents_say_what_the_command_says()
    {
        Assert.AreEqual("deadlock", s_engine.ValueOf("@$callbackfacts().State"));
        Assert.AreEqual(s_engine.Run("!kcallbacks").Split('\n')[0], s_engine.ValueOf("@$callbackfacts().Result"));
        JsonElement sheet = JsonDocument.Parse(s_engine.ValueOf("@$callbackfacts()")).RootElement;
        Assert.AreEqual(4, sheet.GetProperty("waits").GetArrayLength());
        Assert.AreEqual(4, sheet.GetProperty("threads").GetArrayLength());
        Assert.AreEqual(5, JsonDocument.Parse(s_engine.ValueOf("@$callbackfacts(\"-a\").Threads")).RootElement.GetArrayLength());
    }

    [TestMethod]
    [DataRow("(\"-zz\")", "unknown option -zz")]
    [DataRow("(0)", "select threads, for example @$callbackfacts")]
    [DataRow("(nullptr)", "select threads, for example @$callbackfacts")]
    public void A_wrong_option_is_an_error_that_says_what_is_right(string arguments, string message) =>
        Assert.Contains(message, s_engine.Execute($"dx @$callbackfacts{arguments}").Text);
}

using System.Globalization;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;

namespace KCallbacks.Engine.Tests.DataModel;

/// <summary>What a user types after <c>dx</c>, on a dump of the sample target.</summary>
[TestClass]
public sealed class QueryTests
{
    private static EngineProcess s_engine = null!;

    private static IEnumerable<SampleThread> InCallback => Sample.Target.Threads.Where(thread => thread.Depth > 0);

    [ClassInitialize]
    public static void OpenDump(TestContext context) => s_engine = EngineRun.OpenDump(Sample.FullDump);

    [ClassCleanup]
    public static void CloseDump() => s_engine.Dispose();

    [TestMethod]
    public void The_collection_lists_the_threads_in_a_callback_and_counts_all()
    {
        string text = s_engine.Run("dx @$curprocess.KernelCallbacks");

        foreach (SampleThread thread in InCallback)
            Assert.MatchesRegex($@"\[0x{thread.SystemId:x}\] +: {thread.Verdict}", text, thread.Name);
        Assert.MatchesRegex($@"Summary +: .* \d+ threads: {InCallback.Count()} in a callback", text);
    }

    [TestMethod]
    public void A_thread_has_the_verdict_and_the_depth_that_it_reports_of_itself()
    {
        foreach (SampleThread thread in Sample.Target.Threads)
        {
            Assert.AreEqual(thread.Verdict, s_engine.ValueOf($"@$curprocess.KernelCallbacks[0x{thread.SystemId:x}].Verdict"), thread.Name);
            Assert.AreEqual($"{thread.Depth}", s_engine.ValueOf($"@$curprocess.Threads[0x{thread.SystemId:x}].KernelCallback.Depth"), thread.Name);
        }
    }

    [TestMethod]
    public void Queries_filter_project_group_and_order()
    {
        int nested = InCallback.Count(thread => thread.Depth > 1);

        Assert.AreEqual(Hex(nested), s_engine.ValueOf("@$curprocess.KernelCallbacks.Where(t => t.Depth > 1).Count()"));
        Assert.AreEqual(Hex(InCallback.Count()), s_engine.ValueOf("@$curprocess.KernelCallbacks.Select(t => t.Id).Count()"));
        Assert.AreEqual(
            Hex(InCallback.Select(thread => thread.Depth).Distinct().Count()),
            s_engine.ValueOf("@$curprocess.KernelCallbacks.GroupBy(t => t.Depth).Count()"));
        Assert.AreEqual(
            $"{InCallback.Max(thread => thread.Depth)}",
            s_engine.ValueOf("@$curprocess.KernelCallbacks.OrderByDescending(t => t.Depth).First().Depth"));
    }

    [TestMethod]
    public void A_property_without_a_value_can_be_compared_in_a_query() =>
        Assert.AreEqual("0x0", s_engine.ValueOf("@$curprocess.KernelCallbacks.Where(t => t.Message == \"no such message\").Count()"));

    [TestMethod]
    public void A_grid_has_a_row_for_each_thread()
    {
        string text = s_engine.Run("dx -g @$curprocess.KernelCallbacks");

        Assert.Contains("= Verdict", text);
        foreach (SampleThread thread in InCallback)
            Assert.Contains($"0x{thread.SystemId:x}", text, thread.Name);
    }

    [TestMethod]
    public void A_grid_of_rows_has_the_columns_of_the_command_s_table()
    {
        string text = s_engine.Run("dx -g @$curprocess.KernelCallbacks.Rows");

        foreach (string column in (string[])["Id", "Depth", "In", "WaitsFor", "Owner"])
            Assert.MatchesRegex($@"= (\(\+\) )?{column} ", text);
        Assert.DoesNotContain("Verdict", text);
        foreach (SampleThread thread in InCallback)
            Assert.Contains($"0x{thread.SystemId:x}", text, thread.Name);
    }

    [TestMethod]
    public void Recursion_shows_callbacks_and_their_frames_innermost_first()
    {
        SampleThread thread = Sample.Target.Threads.Single(thread => thread.Name == "nested-2");

        string text = s_engine.Run($"dx -r3 @$curprocess.KernelCallbacks[0x{thread.SystemId:x}].Callbacks");

        Assert.MatchesRegex(@"(?s)\[0x0\].*ApiNumber.*Frames.*\[0x0\] +: ntdll!NtDelayExecution.*KiUserCallbackDispatcher.*\[0x1\].*ApiNumber", text);
    }

    [TestMethod]
    public void An_index_that_is_no_thread_is_an_error_that_says_so() =>
        Assert.Contains("Error: There is no item with the index 0x3.", s_engine.Execute("dx @$curprocess.KernelCallbacks[0x3]").Text);

    [TestMethod]
    public void An_index_that_is_no_number_is_an_error_that_says_so() =>
        Assert.Contains("Error: The index must be a number.", s_engine.Execute("dx @$curprocess.KernelCallbacks[\"x\"]").Text);

    [TestMethod]
    public void The_collection_is_found_through_the_sessions() =>
        Assert.AreEqual(Hex(InCallback.Count()), s_engine.ValueOf("Debugger.Sessions.First().Processes.First().KernelCallbacks.Count()"));

    [TestMethod]
    public void The_thread_of_an_item_is_the_real_one_and_can_be_switched_to()
    {
        SampleThread thread = Sample.Target.Threads.Single(thread => thread.Name == "nested-3");
        string before = s_engine.Run("~.");

        s_engine.Run($"dx @$curprocess.KernelCallbacks[0x{thread.SystemId:x}].Thread.SwitchTo()");

        Assert.Contains($".{thread.SystemId:x} ", s_engine.Run("~."));
        Assert.AreNotEqual(before, s_engine.Run("~."));
        s_engine.Run("~0s");
    }

    [TestMethod]
    public void A_query_leaves_the_current_thread_and_frame_as_they_are()
    {
        s_engine.Run("~3s");
        s_engine.Run(".frame 2");
        string before = s_engine.Run("~.") + s_engine.Run(".frame");

        s_engine.Run("dx -r3 @$kernelcallbacks(\"-walk\")");

        Assert.AreEqual(before, s_engine.Run("~.") + s_engine.Run(".frame"));
        s_engine.Run("~0s");
    }

    [TestMethod]
    public void The_function_takes_the_command_s_options_that_select_threads()
    {
        Assert.AreEqual(Hex(InCallback.Count()), s_engine.ValueOf("@$kernelcallbacks().Count()"));
        Assert.AreEqual(Hex(InCallback.Count(thread => thread.Depth > 1)), s_engine.ValueOf("@$kernelcallbacks(\"-d 2\").Count()"));
        Assert.AreEqual("0x1", s_engine.ValueOf("@$kernelcallbacks(\"-t 0\").Count()"));
    }

    [TestMethod]
    [DataRow("\"-json\"", "unknown option -json")]
    [DataRow("\"-q\"", "unknown option -q")]
    [DataRow("\"-d\"", "-d needs a number: -d 2")]
    [DataRow("\"-a\", \"-d 2\"", "One text with options is expected")]
    public void The_function_says_what_is_wrong_with_its_arguments(string arguments, string message) =>
        Assert.Contains(message, s_engine.Execute($"dx @$kernelcallbacks({arguments})").Text);

    [TestMethod]
    public void The_command_keeps_its_name() =>
        Assert.Contains("in a callback", s_engine.Run("!kcallbacks"));

    private static string Hex(int number) => string.Create(CultureInfo.InvariantCulture, $"0x{number:x}");
}

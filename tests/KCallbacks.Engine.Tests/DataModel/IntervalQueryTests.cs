using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;

namespace KCallbacks.Engine.Tests.DataModel;

/// <summary>
/// <c>@$callbackintervals</c> on lists that <c>dx</c> makes in the shape of <c>TTD.Calls(...)</c>; no trace can be opened here.
/// </summary>
[TestClass]
public sealed class IntervalQueryTests
{
    private static EngineProcess s_engine = null!;

    [ClassInitialize]
    public static void OpenDump(TestContext context) => s_engine = EngineRun.OpenDump(Sample.NormalDump);

    [ClassCleanup]
    public static void CloseDump() => s_engine.Dispose();

    [TestMethod]
    public void Calls_of_a_trace_become_callbacks_the_longest_first()
    {
        string begins = List(Call(0x10, "user32!__fnDWORD", "0x12a", "5"), Call(0x10, "user32!__fnINLPCREATESTRUCT", "0x130", "0"), Call(0x20, "user32!__ClientLoadLibrary", "0x200", "1"));
        string returns = List(Call(0x10, "ntdll!NtCallbackReturn", "0x140", "2"), Call(0x10, "ntdll!NtCallbackReturn", "0x1f0", "2"), Call(0x30, "ntdll!NtCallbackReturn", "0x8", "0"));

        string answer = s_engine.Run($"dx -r1 @$callbackintervals({begins}, {returns})");

        Assert.AreEqual(
            """
            [0x0] : thread 0x20, user32!__ClientLoadLibrary, 200:1 to ? (open: no return), level 1
            [0x1] : thread 0x10, user32!__fnDWORD, 12A:5 to 1F0:2, 198 long, level 1
            [0x2] : thread 0x10, user32!__fnINLPCREATESTRUCT, 130:0 to 140:2, 16 long, level 2
            [0x3] : thread 0x30, ? (open: began before) to 8:0, level ?
            """.ReplaceLineEndings("\n"),
            Items(answer));
        Assert.AreEqual("0x2", s_engine.ValueOf($"@$callbackintervals({begins}, {returns}).Where(i => i.IsOpen).Count()"));
        Assert.AreEqual("198", s_engine.ValueOf($"@$callbackintervals({begins}, {returns}).First(i => !i.IsOpen).Duration"));
    }

    [TestMethod]
    public void Positions_may_be_numbers() => Assert.AreEqual(
        "[0x0] : thread 0x10, f, 0x5 to 0x9, 4 long, level 1",
        Items(s_engine.Run($"dx -r1 @$callbackintervals({List(At(0x10, "5"))}, {List(At(0x10, "9"))})")));

    [TestMethod]
    public void A_grid_shows_the_open_ones_too()
    {
        string grid = s_engine.Run($"dx -g @$callbackintervals({List(At(0x10, "5"))}, {List(At(0x20, "9"))})");

        Assert.Contains("= Routine", grid);
        Assert.DoesNotContain("{...}", grid);
        Assert.DoesNotContain("Error", grid);
    }

    [TestMethod]
    [DataRow("", "Two lists of calls are expected")]
    [DataRow("1, 2", "The begins are no list")]
    [DataRow("@$curprocess.Threads, @$curprocess.Threads", "Item 0 of the begins has no TimeStart")]
    [DataRow("@$curprocess.Threads.Select(t => new {TimeStart = 5}), @$curprocess.Threads", "Item 0 of the begins has no ThreadId")]
    [DataRow("@$curprocess.Threads.Select(t => new {ThreadId = 1, TimeStart = t}), @$curprocess.Threads", "TimeStart that is a number or has a Sequence")]
    [DataRow("@$curprocess.Threads.Select(t => new {ThreadId = 1, TimeStart = 5}), @$curprocess.Threads.Select(t => new {ThreadId = 1, TimeStart = new {Sequence = 1, Steps = 2}})", "cannot be compared")]
    public void What_is_no_list_of_calls_is_an_error_that_says_so(string arguments, string message) =>
        Assert.Contains(message, s_engine.Execute($"dx @$callbackintervals({arguments})").Text);

    /// <summary>dx has no arrays: each item is made of a thread that is there anyway.</summary>
    private static string List(params string[] calls)
    {
        string[] lists = [.. calls.Select(call => $"@$curprocess.Threads.Take(1).Select(t => {call})")];
        return lists.Skip(1).Aggregate(lists[0], (all, list) => $"{all}.Concat({list})");
    }

    private static string Call(int thread, string function, string sequence, string steps) =>
        $"new {{EventType = 0, ThreadId = {thread}, UniqueThreadId = {thread + 1}, Function = \"{function}\", TimeStart = new {{Sequence = {sequence}, Steps = {steps}}}}}";

    private static string At(int thread, string time) => $"new {{ThreadId = {thread}, Function = \"f\", TimeStart = {time}}}";

    private static string Items(string answer) =>
        string.Join('\n', answer.Split('\n').Where(line => line.TrimStart().StartsWith('[')).Select(line => System.Text.RegularExpressions.Regex.Replace(line.Trim(), " +: ", " : ")));
}

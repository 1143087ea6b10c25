using KCallbacks.Engine.Tests.Engine;
using KCallbacks.Engine.Tests.Generated;
using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Protocol;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Kernel;
using KCallbacks.Fixtures.Windows;

namespace KCallbacks.Engine.Tests.Analysis;

/// <summary>The extension's part in <c>!analyze</c>, called in the real engine with an object that is made for it: <c>!analyze</c> itself is not in the engine's package.</summary>
[TestClass]
public sealed class AnalysisTests
{
    private const uint Initialization = 1, StackAnalysis = 2, PreBucketing = 4, PostBucketing = 8;
    private const uint ApplicationHang = 0xcfff_ffff, AccessViolation = 0xc000_0005, FatalUserCallback = 0xc000_041d;
    private const int Changed = 0, Unchanged = 1, InvalidArgument = unchecked((int)0x80070057), NoInterface = unchecked((int)0x80004002);

    private static EngineProcess? s_deadlock;

    private static EngineProcess Deadlock => s_deadlock ??= GeneratedSession.Open(WaitCases.WindowAndSection(WindowsLayout.Windows10)).Engine;

    [ClassCleanup]
    public static void Close() => s_deadlock?.Dispose();

    [TestMethod]
    public void A_hang_is_told_after_the_bucket_was_made()
    {
        Reply reply = Analyze(Deadlock, PostBucketing, ApplicationHang);

        Assert.AreEqual(Changed, reply.HResult);
        string[] lines = Lines(reply);
        Assert.AreEqual("text a0004b00 DEADLOCK: threads 0 and 1 wait for each other; 2 more threads wait behind them.", lines[0]);
        Assert.MatchesRegex(@"^text a0004b01 [0-9a-f]{8} kc1\|", lines[1]);
        Assert.AreEqual("text a0004b02 thread 0 (1a30): in-callback, depth 1, WM_USER+0x1 app!ChildWndProc, via NtUserGetMessage, waiting in NtWaitForAlertByThreadId", lines[2]);
        Assert.Contains("text a0004b03 #1 of thread 0 (1a30): WM_USER+0x1 app!ChildWndProc, via win32u!NtUserGetMessage", lines);
        Assert.Contains("text a0004b04 thread 0 (1a30): critical section app!g_first -> 1", lines);
        Assert.Contains("text a0004b04 thread 1 (1a34): window 0x40001, WM_USER+0x1 -> 0", lines);
        Assert.AreEqual("command a0004b06 !kcallbacks -v -t 0,1,3,2", lines[^2]);
        Assert.AreEqual("references 0", lines[^1]);
    }

    [TestMethod]
    [DataRow(0x8000_0003u, false)]
    [DataRow(0x8000_0007u, false)]
    [DataRow(0u, false)]
    [DataRow(AccessViolation, true)]
    public void A_hang_is_known_by_its_code_or_its_entry(uint code, bool hasEntry) =>
        Assert.Contains("DEADLOCK", Analyze(Deadlock, PostBucketing, code, hasEntry).Text);

    [TestMethod]
    public void The_command_that_is_offered_runs()
    {
        string command = Lines(Analyze(Deadlock, PostBucketing, ApplicationHang))[^2].Split(' ', 3)[2];

        Assert.Contains("app!ChildWndProc", Deadlock.Run(command));
    }

    [TestMethod]
    public void The_tags_are_defined_in_the_first_phase_and_the_metadata_counts_them()
    {
        Reply reply = Analyze(Deadlock, Initialization, ApplicationHang);

        string[] names = [.. Lines(reply).Where(line => line.StartsWith("name ", StringComparison.Ordinal))];
        Assert.AreEqual(Changed, reply.HResult);
        Assert.StartsWith("name a0004b00 KCALLBACKS_RESULT: ", names[0]);
        Assert.IsTrue(names.All(name => name.StartsWith("name a", StringComparison.Ordinal)));
        string metadata = File.ReadAllText(Path.Combine(Paths.Repository.Root, "src", "KCallbacks.Extension", "kcallbacks.alz"));
        Assert.Contains($"MaxTagCount    {names.Length}\n", metadata);
        Assert.EndsWith("\n", metadata);
        Assert.DoesNotContain("\r", metadata);
    }

    [TestMethod]
    [DataRow(StackAnalysis)]
    [DataRow(PreBucketing)]
    public void Nothing_is_added_before_the_bucket_was_made(uint phase)
    {
        Reply reply = Analyze(Deadlock, phase, ApplicationHang);

        Assert.AreEqual(Unchanged, reply.HResult);
        Assert.AreEqual("references 0\n", reply.Text);
    }

    [TestMethod]
    [DataRow(0u)]
    [DataRow(3u)]
    [DataRow(16u)]
    [DataRow(uint.MaxValue)]
    public void A_phase_that_is_not_known_is_refused(uint phase) =>
        Assert.AreEqual(InvalidArgument, Analyze(Deadlock, phase, ApplicationHang).HResult);

    [TestMethod]
    [DataRow(Initialization)]
    [DataRow(StackAnalysis)]
    [DataRow(PreBucketing)]
    [DataRow(PostBucketing)]
    public void What_an_analysis_lacks_is_no_exception(uint phase)
    {
        Assert.AreEqual(InvalidArgument, Analyze(Deadlock, phase, ApplicationHang, lacks: AnalysisLack.Client).HResult);
        Assert.AreEqual(InvalidArgument, Analyze(Deadlock, phase, ApplicationHang, lacks: AnalysisLack.Object).HResult);
        Assert.AreEqual(NoInterface, Analyze(Deadlock, phase, ApplicationHang, lacks: AnalysisLack.Interface).HResult);
        foreach (AnalysisLack lack in (AnalysisLack[])[AnalysisLack.TagControl, AnalysisLack.Tags, AnalysisLack.Definitions])
            Assert.AreEqual(phase == PostBucketing ? Changed : Unchanged, Analyze(Deadlock, phase, ApplicationHang, lacks: lack).HResult, $"{lack}");
        Reply refused = Analyze(Deadlock, phase, ApplicationHang, lacks: AnalysisLack.Entries);
        Assert.AreEqual(phase == Initialization ? Changed : Unchanged, refused.HResult);
        Assert.EndsWith("references 0\n", refused.Text);
    }

    [TestMethod]
    public void What_the_user_had_selected_stays()
    {
        Deadlock.Run("~3s");
        string before = Deadlock.Run("r; .printf \"%d\", @$tid");

        Analyze(Deadlock, PostBucketing, ApplicationHang);

        Assert.AreEqual(before, Deadlock.Run("r; .printf \"%d\", @$tid"));
        Deadlock.Run("~0s");
    }

    [TestMethod]
    public void An_exception_that_was_about_to_leave_a_callback_is_told_with_the_first_one()
    {
        using EngineProcess engine = GeneratedSession.Open(ExceptionCases.FatalCallback).Engine;

        string[] lines = Lines(Analyze(engine, PostBucketing, FatalUserCallback));

        Assert.AreEqual(
            "text a0004b05 an exception was about to leave a callback: in USER32!_fnDWORD, WM_PAINT app!MainWndProc, via win32u!NtUserDispatchMessage; "
            + "the first exception was c0000005 at app!Compute+0x5",
            lines[0]);
        Assert.StartsWith("text a0004b02 thread 1 (1a34): in-callback, depth 1", lines[1]);
        Assert.AreEqual("text a0004b03 #1 of thread 1 (1a34): WM_PAINT app!MainWndProc, via win32u!NtUserDispatchMessage", lines[2]);
        Assert.AreEqual("command a0004b06 !kcallbacks -v -t 1", lines[3]);
    }

    [TestMethod]
    public void Without_the_first_record_its_place_is_told_and_no_code()
    {
        using EngineProcess engine = GeneratedSession.Open(ExceptionCases.FatalCallbackAlone).Engine;

        Assert.Contains("the first exception was at app!Compute+0x5, its code is not in this capture", Analyze(engine, PostBucketing, FatalUserCallback).Text);
    }

    [TestMethod]
    public void Other_exceptions_are_none_of_its_business()
    {
        using EngineProcess engine = GeneratedSession.Open(ExceptionCases.OtherException).Engine;

        Reply reply = Analyze(engine, PostBucketing, AccessViolation);

        Assert.AreEqual(Unchanged, reply.HResult);
        Assert.AreEqual("references 0\n", reply.Text);
    }

    [TestMethod]
    public void Kernel_dumps_are_none_of_its_business()
    {
        using EngineProcess engine = GeneratedSession.Open(KernelCases.Desktop(KernelVersion.Windows10)).Engine;

        Assert.AreEqual(Unchanged, Analyze(engine, PostBucketing, 0).HResult);
    }

    [TestMethod]
    public void Without_a_session_nothing_is_added()
    {
        using EngineProcess engine = EngineRun.Start();
        engine.Load(Paths.Extension);

        Assert.IsGreaterThan(0, Analyze(engine, PostBucketing, ApplicationHang).HResult);
    }

    private static Reply Analyze(EngineProcess engine, uint phase, uint code, bool isHang = false, AnalysisLack lacks = AnalysisLack.Nothing)
    {
        engine.Execute("!kcallbacks"); // Loads the symbols and says what is wrong with them.
        return engine.Send(new Analyze(engine.PathOf(Paths.Extension), phase, code, isHang, lacks));
    }

    private static string[] Lines(Reply reply) => reply.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

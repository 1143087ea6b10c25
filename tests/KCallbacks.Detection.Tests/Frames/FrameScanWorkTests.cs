using System.Collections.Immutable;
using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Frames;

/// <summary>However long a stack is and whatever it holds, each frame is looked at a few times at most.</summary>
[TestClass]
public sealed class FrameScanWorkTests
{
    private const int FewLooks = 4;

    /// <summary>Looks at the two ends of a stack, however long it is.</summary>
    private const int LooksAtEnds = 9;

    [TestMethod]
    [DataRow("ntdll!KiUserCallbackDispatcher+0x24", DisplayName = "dispatchers alone")]
    [DataRow("user32!__fnDWORD+0x24;user32!DispatchMessageW+0x1", DisplayName = "routines alone")]
    [DataRow("nt!KiCallUserMode+0x4", DisplayName = "callouts alone")]
    [DataRow("nt!KiCallUserMode+0x4;nt!KeUserModeCallback+0x8;win32k!f", DisplayName = "callouts in the kernel")]
    [DataRow("win32u!NtUserGetMessage+0x14", DisplayName = "stubs alone")]
    [DataRow("ntdll!KiFastSystemCallRet;ntdll!KiUserCallbackDispatcher+0x13", DisplayName = "doubled dispatchers")]
    [DataRow("ntdll!KiUserCallForwarder", DisplayName = "forwarders")]
    [DataRow("app!f;user32!GetMessageW+0x2d", DisplayName = "broken walks")]
    [DataRow("app!f;ntdll!KiUserCallbackDispatcher+0x24;win32u!NtUserGetMessage+0x14;app!g", DisplayName = "callbacks")]
    [DataRow("user32!_fnDWORD+0x2f;user32!UserCallWinProcCheckWow+0x20", DisplayName = "routines that procedures call")]
    [DataRow("ntdll!KiUserCallbackDispatcherContinue;user32!UserCallWinProcCheckWow+0x20", DisplayName = "dispatchers without routines")]
    [DataRow("nt!KeUserModeCallback+0x1;nt!KiCallUserMode+0x1;nt!xxxFoo+0x1;nt!KiSystemServiceCopyEnd+0x1", DisplayName = "callouts with entries")]
    [DataRow("app!f+0x1;win32u!NtUserPeekMessage+0x14", DisplayName = "window calls that code was entered from")]
    [DataRow("ntdll!KiUserCallForwarder+0x1;ntdll!KiUserCallbackDispatcher+0x24", DisplayName = "forwarders of dispatchers")]
    public void Work_grows_with_the_frames(string part)
    {
        int few = StepsFor(part, 1_000);
        int many = StepsFor(part, 4_000);

        Assert.IsLessThanOrEqualTo(FewLooks * 1_000 * part.Split(';').Length, few);
        Assert.IsLessThanOrEqualTo((4 * few) + LooksAtEnds, many);
    }

    [TestMethod]
    public void A_stack_that_threads_share_is_judged_once()
    {
        ThreadStack stack = PrintedStack.Of(string.Join(';', Enumerable.Repeat("app!f", 100))) with { Thread = new ThreadIdentity(0) };
        var detector = new CallbackDetector(new UnknownProcess());

        ThreadFinding first = detector.Judge(stack);
        ThreadFinding second = detector.Judge(stack with { Thread = new ThreadIdentity(1) });

        Assert.AreEqual(1, second.Thread.Position);
        Assert.AreSame(first.Reason, second.Reason);
        Assert.AreEqual(first, second with { Thread = first.Thread });
    }

    private static int StepsFor(string part, int times)
    {
        ImmutableArray<StackFrame> frames = PrintedStack.Of(string.Join(';', Enumerable.Repeat(part, times))).Frames;
        return FrameEvidence.Of(frames).Steps;
    }
}

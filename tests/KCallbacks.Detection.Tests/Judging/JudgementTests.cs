using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Judging;

[TestClass]
public sealed class JudgementTests
{
    [TestMethod]
    public void A_wait_inside_a_window_procedure_is_in_a_callback()
    {
        ThreadFinding finding = PrintedStack.Judge("""
            ntdll!NtWaitForSingleObject+0x14
            KERNELBASE!WaitForSingleObjectEx+0x8e
            app!WndProc+0x40
            USER32!UserCallWinProcCheckWow+0x2f8
            USER32!DispatchClientMessage+0x9c
            USER32!_fnDWORD+0x33
            ntdll!KiUserCallbackDispatcherContinue
            win32u!ZwUserMessageCall+0x14
            USER32!SendMessageWorker+0x821
            app!main+0x10
            KERNEL32!BaseThreadInitThunk+0x14
            ntdll!RtlUserThreadStart+0x21
            """);

        Assert.AreEqual(Verdict.InCallback, finding.Verdict);
        Assert.AreEqual(1, finding.Depth);
        Assert.IsFalse(finding.DepthIsMinimum);
        Assert.AreEqual(Confidence.High, finding.Confidence);
        Assert.AreEqual("ntdll!NtWaitForSingleObject", finding.BlockedIn);
        Assert.AreEqual("USER32!_fnDWORD", finding.Callbacks[0].Routine);
        Assert.AreEqual("win32u!NtUserMessageCall", finding.Callbacks[0].Entry);
        Assert.AreEqual(6, finding.Callbacks[0].Frame);
        Assert.AreEqual(EvidenceSource.Frames, finding.Callbacks[0].Evidence);
    }

    [TestMethod]
    [DataRow(32, Confidence.High)]
    [DataRow(33, Confidence.Low)]
    [DataRow(400, Confidence.Low)]
    public void More_walked_callbacks_than_Windows_nests_are_no_certainty(int depth, Confidence confidence)
    {
        ThreadFinding finding = new CallbackDetector(new UnknownProcess()).Judge(Nested(depth));

        Assert.AreEqual(Verdict.InCallback, finding.Verdict);
        Assert.AreEqual(confidence, finding.Confidence);
        Assert.AreEqual(confidence == Confidence.Low, finding.Reason.Contains("more callbacks than Windows nests (32)", StringComparison.Ordinal));
    }

    [TestMethod]
    [DataRow(32, Verdict.InCallback)]
    [DataRow(33, Verdict.Unknown)]
    [DataRow(3200, Verdict.Unknown)]
    public void Where_the_stacks_memory_is_damaged_a_walk_through_more_callbacks_than_Windows_nests_shows_nothing(int depth, Verdict verdict)
    {
        const string damage = "the stack is damaged";

        ThreadFinding finding = new CallbackDetector(new UnknownProcess()).Judge(Nested(depth), new MemoryEvidence { Damage = damage });

        Assert.AreEqual(verdict, finding.Verdict);
        Assert.AreEqual(verdict == Verdict.Unknown ? 0 : depth, finding.Depth);
        Assert.AreEqual(finding.Depth, finding.Callbacks.Length);
        if (verdict == Verdict.Unknown)
            Assert.AreEqual(damage, finding.Reason);
    }

    private static ThreadStack Nested(int depth) => PrintedStack.Of(string.Join(';', Enumerable
        .Repeat("app!WndProc+0x40;USER32!UserCallWinProcCheckWow+0x2f8;USER32!_fnDWORD+0x33;ntdll!KiUserCallbackDispatcherContinue;win32u!NtUserMessageCall+0x14", depth)
        .Prepend("ntdll!NtWaitForSingleObject+0x14")
        .Append("KERNEL32!BaseThreadInitThunk+0x14;ntdll!RtlUserThreadStart+0x21")));
}

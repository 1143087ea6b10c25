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
}

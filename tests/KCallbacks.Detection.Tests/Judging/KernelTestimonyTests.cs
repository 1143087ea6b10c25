using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Judging;

[TestClass]
public sealed class KernelTestimonyTests
{
    private const string OneCallback =
        "app!WndProc+0x3;USER32!_fnDWORD+0x33;ntdll!KiUserCallbackDispatcherContinue;win32u!NtUserMessageCall+0x14;app!main+0x1;ntdll!RtlUserThreadStart+0x21";

    private const string NoCallback = "ntdll!NtWaitForSingleObject+0x14;app!main+0x1;ntdll!RtlUserThreadStart+0x21";

    private const string KernelHalf = "nt!KiSwapContext+0x76;nt!KeWaitForSingleObject+0x256";

    [TestMethod]
    [DataRow(OneCallback, 1, "InCallback", 0, DisplayName = "agreement")]
    [DataRow(OneCallback, 3, "InCallback", 1, DisplayName = "the walk saw fewer")]
    [DataRow(OneCallback, 0, "None", 1, DisplayName = "the callback is over")]
    [DataRow(NoCallback, 0, "None", 0)]
    [DataRow(NoCallback, 2, "InCallback", 1)]
    [DataRow(KernelHalf, 2, "InCallback", 0, DisplayName = "a missing user half contradicts nothing")]
    [DataRow(KernelHalf, 0, "None", 0)]
    [DataRow("", 0, "None", 0)]
    [DataRow("ntdll!NtCallbackReturn+0x14;" + OneCallback, 1, "AtReturn", 0)]
    public void The_kernels_count_is_the_depth_and_a_difference_is_told(string frames, int count, string verdict, int disagreements)
    {
        ThreadFinding finding = Judge(frames, new KernelState(CallbackDepth: count));

        Assert.AreEqual(verdict, finding.Verdict.ToString());
        Assert.AreEqual(count, finding.Depth);
        Assert.IsFalse(finding.DepthIsMinimum);
        Assert.AreEqual(Confidence.High, finding.Confidence);
        Assert.HasCount(disagreements, finding.Disagreements);
        Assert.IsTrue(finding.Callbacks.All(callback => callback.Evidence.HasFlag(EvidenceSource.Kernel)));
    }

    [TestMethod]
    public void The_older_kernels_callback_stack_means_at_least_one()
    {
        ThreadFinding unseen = Judge(KernelHalf, new KernelState(HasCallbackStack: true));
        Assert.AreEqual(Verdict.InCallback, unseen.Verdict);
        Assert.AreEqual(1, unseen.Depth);
        Assert.IsTrue(unseen.DepthIsMinimum);

        ThreadFinding seen = Judge(OneCallback, new KernelState(HasCallbackStack: true));
        Assert.AreEqual(Verdict.InCallback, seen.Verdict);
        Assert.AreEqual("USER32!_fnDWORD", seen.Callbacks[0].Routine);

        Assert.AreEqual(Verdict.None, Judge(KernelHalf, new KernelState(HasCallbackStack: false)).Verdict);
    }

    [TestMethod]
    public void A_system_thread_is_in_no_callback() =>
        Assert.AreEqual(Verdict.None, Judge(KernelHalf, new KernelState(IsSystemThread: true)).Verdict);

    [TestMethod]
    public void A_kernel_state_that_tells_nothing_changes_nothing()
    {
        Assert.AreEqual(Verdict.Unknown, Judge(KernelHalf, new KernelState(WaitReason: "WrUserRequest")).Verdict);
        Assert.AreEqual(1, Judge(OneCallback, new KernelState()).Depth);
    }

    [TestMethod]
    public void A_thread_without_window_state_is_in_no_callback_where_the_kernel_keeps_no_count()
    {
        Assert.AreEqual(Verdict.None, Judge(KernelHalf, new KernelState(IsWindowThread: false)).Verdict);
        Assert.AreEqual(Verdict.Unknown, Judge(KernelHalf, new KernelState(IsWindowThread: true)).Verdict);
        Assert.AreEqual(2, Judge(KernelHalf, new KernelState(CallbackDepth: 2, IsWindowThread: false)).Depth);
    }

    [TestMethod]
    [DataRow(KernelHalf)]
    [DataRow(KernelHalf + ";ntdll!NtWaitForSingleObject+0x14", DisplayName = "the walk enters the user stack and ends")]
    public void A_user_stack_that_is_paged_out_contradicts_nothing_and_is_said(string frames)
    {
        ThreadStack stack = PrintedStack.Of(frames) with { Kernel = new KernelState(CallbackDepth: 2), Problem = "its user stack is paged out", Walk = WalkExtent.Truncated };

        ThreadFinding finding = new CallbackDetector(new UnknownProcess()).Judge(stack);

        Assert.AreEqual(2, finding.Depth);
        Assert.IsEmpty(finding.Disagreements);
        Assert.AreEqual("the kernel counts the callbacks; its user stack is paged out", finding.Reason);
    }

    [TestMethod]
    [DataRow(KernelHalf, "nt!KeWaitForSingleObject")]
    [DataRow(NoCallback, null)]
    [DataRow("nt!KiSwapContext+0x76;ntdll!NtWaitForSingleObject+0x14", null, DisplayName = "the scheduler alone")]
    [DataRow("nt!KeBugCheckEx;" + NoCallback, "nt!KeBugCheckEx")]
    public void The_kernel_function_is_the_innermost_that_is_not_the_schedulers(string frames, string? function) =>
        Assert.AreEqual(function, Judge(frames, new KernelState()).KernelFunction);

    private static ThreadFinding Judge(string frames, KernelState kernel) =>
        new CallbackDetector(new UnknownProcess()).Judge(PrintedStack.Of(frames) with { Kernel = kernel });
}

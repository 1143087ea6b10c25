using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Judging;

[TestClass]
public sealed class Wow64HalvesTests
{
    private const string Native = """
        wow64cpu!CpupSyscallStub+0x9
        wow64!RunCpuSimulation+0xa
        wow64!Wow64KiUserCallbackDispatcher+0x204
        wow64win!whcbfnHkINLPMSG+0xc0
        ntdll!KiUserCallbackDispatcherContinue
        wow64win!ZwUserPeekMessage+0xa
        wow64!Wow64SystemServiceEx+0xd7
        wow64!RunCpuSimulation+0xa
        wow64!Wow64LdrpInitialize+0x42a
        ntdll!RtlIsDosDeviceName_U+0x1f5c4
        ntdll!LdrInitializeThunk+0xe
        """;

    private const string NativeWithoutCallback = """
        wow64cpu!CpupSyscallStub+0x9
        wow64!RunCpuSimulation+0xa
        wow64!Wow64LdrpInitialize+0x42a
        ntdll!LdrInitializeThunk+0xe
        """;

    private const string Emulated = """
        ntdll_771d0000!NtWaitForSingleObject+0x15
        hook!HookProc+0x12
        USER32!DispatchHookA+0x100
        USER32!__fnHkINLPMSG+0x3f
        ntdll_771d0000!KiUserCallbackDispatcher+0x2e
        USER32!PeekMessageW+0x197
        kernel32!BaseThreadInitThunk+0xe
        ntdll_771d0000!_RtlUserThreadStart+0x1b
        """;

    [TestMethod]
    public void One_callback_in_both_halves_is_one_callback()
    {
        ThreadFinding finding = Judge(Native, Emulated);

        Assert.AreEqual(Verdict.InCallback, finding.Verdict);
        Assert.AreEqual(1, finding.Depth);
        Assert.AreEqual("USER32!__fnHkINLPMSG", finding.Callbacks[0].Routine);
        Assert.AreEqual("wow64win!NtUserPeekMessage", finding.Callbacks[0].Entry);
        Assert.AreEqual("hook!HookProc", finding.Callbacks[0].Handler);
        Assert.AreEqual("ntdll!NtWaitForSingleObject", finding.BlockedIn);
        Assert.IsEmpty(finding.Disagreements);
    }

    [TestMethod]
    public void Both_halves_in_one_listing_are_parted()
    {
        ThreadFinding finding = PrintedStack.Judge(Native + "\n" + Emulated);

        Assert.AreEqual(1, finding.Depth);
        Assert.AreEqual("USER32!__fnHkINLPMSG", finding.Callbacks[0].Routine);
        Assert.AreEqual("wow64win!NtUserPeekMessage", finding.Callbacks[0].Entry);
    }

    [TestMethod]
    public void A_64_bit_half_without_a_callback_proves_none_and_the_contradiction_is_told()
    {
        ThreadFinding finding = Judge(NativeWithoutCallback, Emulated);

        Assert.AreEqual(Verdict.None, finding.Verdict);
        Assert.HasCount(1, finding.Disagreements);
        Assert.AreEqual(Confidence.Medium, finding.Confidence, "one of the two is wrong");
    }

    [TestMethod]
    public void Each_half_shows_the_callback_in_its_own_frames()
    {
        Callback both = Judge(Native, Emulated).Callbacks.Single();
        Callback alone = Judge("", Emulated).Callbacks.Single();

        Assert.AreEqual((4, 4), (both.Frame!.Value, both.Wow64Frame!.Value));
        Assert.IsNull(alone.Frame);
        Assert.AreEqual(4, alone.Wow64Frame);
    }

    [TestMethod]
    public void What_the_32_bit_half_says_by_itself_is_kept()
    {
        Wow64Finding half = Judge(NativeWithoutCallback, Emulated).Wow64Half!;

        Assert.AreEqual(Verdict.InCallback, half.Verdict);
        Assert.AreEqual(1, half.Depth);
        Assert.IsNull(Judge(Native, Native).Disagreements.FirstOrDefault());
    }

    [TestMethod]
    public void Shapes_of_hangs_are_those_of_either_half()
    {
        string waiting = Emulated.Replace("ntdll_771d0000!NtWaitForSingleObject+0x15", "ntdll_771d0000!NtWaitForAlertByThreadId+0xc\nntdll_771d0000!RtlpEnterCriticalSectionContended+0x1c3\nntdll_771d0000!RtlEnterCriticalSection+0x4c", StringComparison.Ordinal);

        HangShape shape = Judge(Native, waiting).Shapes.First(shape => shape.Id == "lock");

        Assert.IsEmpty(shape.Frames);
        Assert.IsNotEmpty(shape.Wow64Frames);
    }

    [TestMethod]
    public void A_half_that_was_not_seen_leaves_the_word_to_the_other()
    {
        Assert.AreEqual(Verdict.InCallback, Judge("", Emulated).Verdict);
        Assert.AreEqual(Verdict.InCallback, Judge(Native, "").Verdict);
        Assert.AreEqual(Verdict.Unknown, Judge("", "").Verdict);
    }

    [TestMethod]
    public void The_return_stub_of_the_32_bit_half_is_at_return() =>
        Assert.AreEqual(Verdict.AtReturn, Judge(Native, "ntdll_771d0000!ZwCallbackReturn+0x15\nUSER32!__fnHkINLPMSG+0x3f\nntdll_771d0000!KiUserCallbackDispatcher+0x2e").Verdict);

    private static ThreadFinding Judge(string native, string emulated) =>
        new CallbackDetector(new UnknownProcess()).Judge(PrintedStack.Of(native) with { Wow64Half = PrintedStack.Of(emulated) });
}

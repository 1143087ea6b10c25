using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Memory;

/// <summary>What the detector says when there is stack memory, alone or beside frames.</summary>
[TestClass]
public sealed class MemoryVerdictTests
{
    private const ulong Procedure = WindowsX64.App + 0x3000;

    [TestMethod]
    public void Memory_alone_gives_the_whole_callback()
    {
        SyntheticProcess process = WindowsX64.WithExports().WithFunction("app!MainWindowProc", Procedure);
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().X64Callback(apiNumber: 0x54)
            .Calls().X64Callback(input: MessageInput.X64(0x0f, 0, 0, Procedure)).Calls();

        ThreadFinding finding = new CallbackDetector(process).Judge(builder.Build());

        Assert.AreEqual(Verdict.InCallback, finding.Verdict);
        Assert.AreEqual(Confidence.Medium, finding.Confidence, "an intact frame may be left over");
        Assert.AreEqual(2, finding.Depth);
        Assert.IsFalse(finding.DepthIsMinimum);
        Callback inner = finding.Callbacks[0];
        Assert.AreEqual("user32!_fnDWORD", inner.Routine);
        Assert.AreEqual(2, inner.ApiNumber);
        Assert.AreEqual("win32u!NtUserMessageCall", inner.Entry);
        Assert.AreEqual(new WindowMessage(0x0f, "WM_PAINT", 0, 0, Procedure, "app!MainWindowProc", "app+0x3000"), inner.Message);
        Assert.AreEqual("app!MainWindowProc", inner.Handler);
        Assert.AreEqual(EvidenceSource.Memory, inner.Evidence);
        StringAssert.Contains(inner.ConfidenceReason, "the routine's name is from the table");
        Assert.AreEqual("user32!_ClientThreadSetup", finding.Callbacks[1].Routine);
    }

    [TestMethod]
    public void The_return_stub_makes_the_verdict_at_return()
    {
        ThreadStack thread = new CallbackStackBuilder().Calls()
            .X64Callback(returnAddress: WindowsX64.ReturnFromCallbackReturn).Build(WindowsX64.CallbackReturn + 0x14);

        ThreadFinding finding = new CallbackDetector(WindowsX64.WithExports()).Judge(thread);

        Assert.AreEqual(Verdict.AtReturn, finding.Verdict);
        Assert.AreEqual(1, finding.Depth);
    }

    [TestMethod]
    public void A_whole_stack_without_a_frame_is_in_no_callback() =>
        Assert.AreEqual(Verdict.None, new CallbackDetector(WindowsX64.WithExports()).Judge(new CallbackStackBuilder().Calls().Build()).Verdict);

    [TestMethod]
    [DataRow("win32u!NtUserMessageCall", false)]
    [DataRow("win32u!ZwUserMessageCall", false)]
    [DataRow("ntdll!NtWaitForSingleObject", true)]
    public void A_thread_that_may_send_to_another_thread_is_not_cleared_without_a_walk(string systemCall, bool isCleared)
    {
        const ulong stub = WindowsX64.Win32u + 0x4000;
        SyntheticProcess process = WindowsX64.WithExports().WithSymbol(systemCall, stub);

        ThreadFinding? finding = new CallbackDetector(process).TryProveNoCallback(new CallbackStackBuilder().Calls().Build(stub));

        Assert.AreEqual(isCleared, finding is not null);
    }

    [TestMethod]
    public void A_part_of_a_stack_without_a_frame_is_unknown()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls(0x800);

        ThreadFinding finding = new CallbackDetector(WindowsX64.WithExports()).Judge(builder.Build(end: builder.StackPointer + 0x200));

        Assert.AreEqual(Verdict.Unknown, finding.Verdict);
        Assert.AreNotEqual("", finding.Reason);
    }

    [TestMethod]
    public void On_x86_frames_name_the_routine_and_memory_reads_its_message()
    {
        SyntheticProcess process = WindowsX86.WithExports(CallbackLayout.X86Windows10);
        CallbackStackBuilder builder = new CallbackStackBuilder(is32Bit: true).Calls()
            .X86Callback(CallbackLayout.X86Windows10, MessageInput.Wow64(0x10, 0, 0, WindowsX86.App + 0x3000)).Calls();
        CallbackFrame frame = builder.Frames[0];
        ThreadStack thread = builder.Build(WindowsX86.App + 0x1000) with
        {
            Walk = WalkExtent.Complete,
            Frames =
            [
                new("app", "Work", 0x10, WindowsX86.App + 0x1000, builder.StackPointer),
                new("user32", "__fnDWORD", 0x2b, WindowsX86.User32 + 0x5000, frame.Address - 8),
                new("ntdll_771d0000", "KiUserCallbackDispatcher", 0x4d, frame.ReturnAddress, frame.Address - 4),
                new("win32u", "NtUserMessageCall", 0xc, WindowsX86.Entry, frame.OuterStackPointer),
                new("ntdll_771d0000", "_RtlUserThreadStart", 0x1b, WindowsX86.Ntdll + 0x6_0000, frame.OuterStackPointer + 0x40),
            ],
        };

        Callback callback = new CallbackDetector(process).Judge(thread).Callbacks.Single();

        Assert.AreEqual(EvidenceSource.Both, callback.Evidence);
        Assert.AreEqual("user32!__fnDWORD", callback.Routine);
        Assert.AreEqual("WM_CLOSE", callback.Message?.Name);
    }

    [TestMethod]
    public void A_frame_that_the_walk_passes_by_is_called_left_over()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().X64Callback().Calls();
        ThreadStack thread = builder.Build() with
        {
            Walk = WalkExtent.Complete,
            Frames =
            [
                new("ntdll", "NtWaitForSingleObject", 0x14, WindowsX64.Ntdll + 0x9_0014, builder.StackPointer),
                new("app", "main", 0x10, WindowsX64.App + 0x1000, builder.StackPointer + 0x10),
                new("ntdll", "RtlUserThreadStart", 0x21, WindowsX64.Ntdll + 0x5_0000, builder.Base - 0x40),
            ],
        };

        ThreadFinding finding = new CallbackDetector(WindowsX64.WithExports()).Judge(thread);

        Assert.AreEqual(Verdict.None, finding.Verdict);
        Assert.AreEqual(Confidence.Medium, finding.Confidence);
        StringAssert.Contains(finding.Reason, "left over");
        Assert.HasCount(1, finding.Disagreements);
    }

    [TestMethod]
    public void A_routine_without_a_callback_frame_is_told()
    {
        ThreadStack thread = new CallbackStackBuilder().Calls().Build() with
        {
            Walk = WalkExtent.Complete,
            Frames = [new("ntdll", "NtWaitForSingleObject", 0x14), new("user32", "_fnDWORD", 0x33), new("ntdll", "RtlUserThreadStart", 0x21)],
        };

        ThreadFinding finding = new CallbackDetector(WindowsX64.WithExports()).Judge(thread);

        Assert.AreEqual(Confidence.Low, finding.Confidence);
        StringAssert.Contains(finding.Disagreements.Single(), "no callback frame");
    }

    [TestMethod]
    public void A_thread_in_the_return_stub_is_at_the_return_also_when_its_frame_is_too_weak()
    {
        ThreadStack thread = new CallbackStackBuilder(is32Bit: true).Calls().X86Callback(CallbackLayout.X86Xp).Build(WindowsX86.CallbackReturn + 0x0c);
        SyntheticProcess process = WindowsX86.WithoutSymbols(2600).WithFunction("ntdll_771d0000!NtCallbackReturn", WindowsX86.CallbackReturn);

        Assert.AreEqual(Verdict.AtReturn, new CallbackDetector(process).Judge(thread).Verdict);
    }

    [TestMethod]
    [DataRow(Architecture.X64)]
    [DataRow(Architecture.X86)]
    public void Both_halves_of_a_WoW64_thread_are_searched_for_their_own_layout(Architecture architecture)
    {
        const ulong wow64Win = WindowsX64.Win32u + 0x10_0000;
        SyntheticProcess process = new SyntheticProcess
        {
            Architecture = architecture,
            WindowsBuild = 19041,
            Modules = [.. WindowsX86.Modules, .. WindowsX64.Modules, new Module("wow64win", wow64Win, 0x80000)],
            HasExportsOnly = true,
        }
            .WithFunction("ntdll!KiUserCallbackDispatcher", WindowsX64.Dispatcher)
            .WithFunction("ntdll_771d0000!KiUserCallbackDispatcher", WindowsX86.Dispatcher);
        ThreadStack half = new CallbackStackBuilder(is32Bit: true).Calls().X86Callback(CallbackLayout.X86Windows10).Calls().Build(WindowsX86.App);
        ThreadStack thread = new CallbackStackBuilder().Calls().X64Callback(apiNumber: 0x2f, rip: wow64Win + 0x2014).Calls().Build() with { Wow64Half = half };

        ThreadFinding finding = new CallbackDetector(process).Judge(thread);

        Assert.AreEqual(1, finding.Depth);
        Assert.IsEmpty(finding.Disagreements);
        Assert.AreEqual("wow64win!whcbfnHkINLPMSG", finding.Callbacks[0].Routine);
    }
}

using System.Collections.Immutable;
using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Frames;

[TestClass]
public sealed class FrameEvidenceTests
{
    [TestMethod]
    [DataRow("ntdll!NtWaitForSingleObject+0x14;KERNELBASE!WaitForSingleObjectEx+0x8e;app!main+0x10;KERNEL32!BaseThreadInitThunk+0x14;ntdll!RtlUserThreadStart+0x21")]
    [DataRow("nt!KiSwapContext+0x76;nt!KiSystemServiceCopyEnd+0x25;ntdll!NtWaitForSingleObject+0x14;_weird name@@();0x7ff812345678;ntdll_77890000.dll!_RtlUserThreadStart@8+0x1b")]
    [DataRow("0x0")]
    public void Reading_a_thread_in_no_callback_allocates_nothing(string printed)
    {
        ImmutableArray<StackFrame> frames = PrintedStack.Of(printed).Frames;
        FrameEvidence.Of(frames); // the pool's first array, and compilation

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            FrameEvidence.Of(frames);

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [TestMethod]
    public void The_allocation_test_sees_a_callback_allocate()
    {
        ImmutableArray<StackFrame> frames = PrintedStack.Of("USER32!_fnDWORD+0x33;ntdll!KiUserCallbackDispatcherContinue").Frames;
        FrameEvidence.Of(frames);

        long before = GC.GetAllocatedBytesForCurrentThread();
        FrameEvidence.Of(frames);

        Assert.IsGreaterThan(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [TestMethod]
    [DataRow("", "Nothing")]
    [DataRow("0x0;0xdeadbabe", "NoNames")]
    [DataRow("0x7ff812345678", "NoNames")]
    [DataRow("0x7ff812345678;ntdll+0x9fe14", "NoNames")]
    [DataRow("nt!KiSwapContext+0x76;nt!KeWaitForSingleObject+0x256", "KernelOnly")]
    [DataRow("nt!KiSwapContext+0x76;somedriver!Wait+0x10", "KernelOnly")]
    [DataRow("nt!KiSwapContext+0x76;nt!KiSystemServiceCopyEnd+0x25;0x7ffc040ace54", "UserHalfNameless")]
    [DataRow("win32u!NtUserGetMessage+0x14;hook!Detour+0x1;user32!GetMessageW+0x2d;ntdll!RtlUserThreadStart+0x21", "ToThreadStart")]
    [DataRow("ntdll!NtWaitForSingleObject+0x14;app!WndProc+0x1;user32!GetMessageW+0x2d;ntdll!RtlUserThreadStart+0x21", "Broken")]
    [DataRow("ntdll!NtWaitForSingleObject+0x14;app!WndProc+0x1;user32!InternalCallWinProc+0x2b;user32!PeekMessageW+0x16d;ntdll!RtlUserThreadStart+0x21", "Broken")]
    [DataRow("ntdll!NtWaitForSingleObject+0x14;app!WndProc+0x1;user32!GetMessageW+0x1d2d;ntdll!RtlUserThreadStart+0x21", "ToThreadStart")]
    [DataRow("nt!KiSwapContext+0x76;somedriver!Worker+0x10;nt!PspSystemThreadStartup+0x57;nt!KiStartSystemThread+0x34", "SystemThread")]
    [DataRow("nt!RtlpBreakWithStatusInstruction;nt!_KeUpdateSystemTime+0x126;nt!KiIdleLoop+0x14", "SystemThread")]
    [DataRow("KERNELBASE!Sleep+0x1;ntdll+0x9fe14;user32!GetMessageW+0x10", "NamelessNtdll")]
    [DataRow("app!work+0x10;0x7ff812345678", "LostBehindNamelessCode")]
    [DataRow("app!work+0x10;0x58;0x3", "EndsEarly")]
    [DataRow("app!work+0x10;app!main+0x2", "EndsEarly")]
    [DataRow("app!work+0x10;0x7ff812345678;KERNEL32!BaseThreadInitThunk+0x14", "NamelessNtdll", DisplayName = "a debugger that knows no ntdll cannot name the dispatcher")]
    [DataRow("app!work+0x10;0x7ff812345678;ntdll!RtlUserThreadStart+0x21", "ToThreadStart", DisplayName = "code outside all modules is not in the ntdll that is known")]
    [DataRow("app!work+0x10;kernel32!BaseProcessStart+0x23", "ToThreadStart")]
    [DataRow("wow64cpu!CpupSyscallStub+0x9;wow64!RunCpuSimulation+0xa;wow64!Wow64LdrpInitialize+0x42a", "ToThreadStart")]
    public void What_the_frames_show_is_known(string printed, string expected) =>
        Assert.AreEqual(expected, FrameEvidence.Of(PrintedStack.Of(printed).Frames).Sight.ToString());
}

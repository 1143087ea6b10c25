using KCallbacks.Detection;
using KCallbacks.Detection.Model;

namespace KCallbacks.PrintedStacks.Tests.Text;

/// <summary>What Windows' names and addresses mean is the same to the reader of a text as to the detection.</summary>
[TestClass]
public sealed class WindowsFactTests
{
    [TestMethod]
    [DataRow("ntdll!RtlUserThreadStart+0x21")]
    [DataRow("ntdll!_RtlUserThreadStart+0x1b")]
    [DataRow("kernel32!BaseThreadInitThunk+0x14")]
    [DataRow("KERNEL32!BASETHREADINITTHUNK+0x14")]
    [DataRow("kernel32!BaseThreadStartThunk")]
    [DataRow("kernel32!BaseProcessInitPostImport+0x8d")]
    [DataRow("KERNELBASE!KernelBaseThreadStart+0x10")]
    [DataRow("ntdll!LdrpInitialize+0x3f")]
    [DataRow("wow64!Wow64LdrpInitialize+0x120")]
    [DataRow("CSRSRV!CsrApiRequestThread+0x4c")]
    [DataRow("nt!KiThreadStartup+0x16")]
    [DataRow("nt!Phase1Initialization+0xd")]
    public void Names_alone_are_a_whole_stack_down_to_where_threads_start(string start) =>
        Assert.AreEqual(WalkExtent.Complete, Reading.Thread($"0:000> kc\nntdll!NtWaitForSingleObject\napp!main\n{start}\n").Walk);

    [TestMethod]
    public void Names_alone_begin_another_stack_after_where_threads_start() => Assert.HasCount(2, Reading.Threads("""
        0:000> ~*kc
        ntdll!NtWaitForSingleObject
        kernel32!BaseThreadInitThunk
        ntdll!RtlUserThreadStart
        ntdll!NtDelayExecution
        kernel32!BaseThreadInitThunk
        """));

    [TestMethod]
    public void The_loader_stands_further_out_than_the_start_of_WoW64() => Assert.HasCount(6, Reading.Thread("""
        0:000> kc
        wow64cpu!CpupSyscallStub
        wow64!RunCpuSimulation
        wow64!Wow64LdrpInitialize
        ntdll!LdrpInitializeProcess
        ntdll!_LdrpInitialize
        ntdll!LdrInitializeThunk
        """).Frames);

    [TestMethod]
    [DataRow("nt", FrameSide.Kernel)]
    [DataRow("NT", FrameSide.Kernel)]
    [DataRow("hal", FrameSide.Kernel)]
    [DataRow("ntkrpamp", FrameSide.Kernel)]
    [DataRow("ntkrnlmp.exe", FrameSide.Kernel)]
    [DataRow("win32kfull", FrameSide.Kernel)]
    [DataRow("dxgkrnl", FrameSide.Kernel)]
    [DataRow("dxgmms2", FrameSide.Kernel)]
    [DataRow("afd.sys", FrameSide.Kernel)]
    [DataRow("ntdll", FrameSide.Unknown)]
    [DataRow("halapi", FrameSide.Unknown)]
    public void A_frame_is_the_kernels_by_its_module(string module, FrameSide side) =>
        Assert.AreEqual(side, Reading.Thread($"0:000> kc\n{module}!Wait\napp!main\n").Frames[0].Side);

    [TestMethod]
    [DataRow("dxgkrnl!DxgkWaitForVerticalBlankEvent\ndxgmms2!VidSchWaitForEvents\n")]
    [DataRow("hal!KfLowerIrql\nnt!KiSwapThread\n")]
    public void A_text_with_frames_of_the_kernel_comes_from_a_kernel_session(string frames) =>
        Assert.AreEqual(SessionKind.Kernel, Reading.Text($"0: kd> kc\n{frames}").Recording.Session);

    [TestMethod]
    [DataRow("ffffc001`9fb3f000", FrameSide.Kernel)]
    [DataRow("ffff8000`00000000", FrameSide.Kernel)]
    [DataRow("00000072`a512ee18", FrameSide.User)]
    [DataRow("ffffffff`9fb3f000", FrameSide.Unknown, DisplayName = "a 32-bit address, sign-extended")]
    [DataRow("ffffffff`80000000", FrameSide.Unknown)]
    [DataRow("9fb3f000", FrameSide.Unknown)]
    [DataRow("0012fcdc", FrameSide.User)]
    public void A_frame_is_on_the_side_of_its_stack(string stackPointer, FrameSide side) =>
        Assert.AreEqual(side, Reading.Thread($"{stackPointer} {stackPointer} app!main+0x10\n").Frames[0].Side);

    [TestMethod]
    public void Sign_extended_stack_pointers_of_user_code_hide_no_callback()
    {
        ThreadStack thread = Reading.Thread("""
            ffffffff`9fb3e000 ffffffff`76e81234 app!WndProc+0x10
            ffffffff`9fb3e100 ffffffff`76e81235 USER32!__fnDWORD+0x2b
            ffffffff`9fb3e200 ffffffff`76e81236 ntdll!KiUserCallbackDispatcher+0x2e
            ffffffff`9fb3e300 ffffffff`76e81237 USER32!NtUserDispatchMessage+0xc
            ffffffff`9fb3e400 00000000`00000000 kernel32!BaseThreadInitThunk+0xe

            """);

        Assert.AreEqual(Verdict.InCallback, new CallbackDetector(new UnknownProcess()).Judge(thread).Verdict);
    }

    [TestMethod]
    [DataRow("ntdll!KiUserCallbackDispatcher+0x13", Architecture.X86)]
    [DataRow("ntdll!KiUserCallbackDispatcher+0x4d", Architecture.X86)]
    [DataRow("ntdll!KiUserCallbackDispatcher+0x4c", Architecture.X86, DisplayName = "the call itself")]
    [DataRow("ntdll!KiUserCallbackDispatcher+0x23", Architecture.X64, DisplayName = "the call itself, x64")]
    [DataRow("ntdll!KiUserCallbackDispatcher+0x24", Architecture.X64)]
    [DataRow("ntdll!KiUserCallbackDispatcherContinue", Architecture.X64)]
    [DataRow("ntdll!KiUserCallbackDispatcherReturn", Architecture.Arm64)]
    [DataRow("ntdll!KiUserCallbackDispatcher+0x99", Architecture.Unknown)]
    [DataRow("ntdll!KiFastSystemCallRet", Architecture.X86)]
    public void The_dispatcher_tells_the_architecture(string dispatcher, Architecture architecture) =>
        Assert.AreEqual(architecture, Reading.Text($"0:000> kc\napp!main\n{dispatcher}\nuser32!NtUserDispatchMessage\n").Recording.Architecture);
}

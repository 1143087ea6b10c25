using KCallbacks.Detection.Model;
using KCallbacks.Recordings;

namespace KCallbacks.PrintedStacks.Tests.Text;

/// <summary>What the text says of how far a stack goes, and of what it is.</summary>
[TestClass]
public sealed class StackWalkTests
{
    private const string Wait = "0012fcdc 7c822124 ntdll!KiFastSystemCallRet\n";

    [TestMethod]
    [DataRow("0096ffec 00000000 kernel32!BaseThreadStart+0x34", WalkExtent.Complete)]
    [DataRow("0096ffec 00000000 app!Start+0x34", WalkExtent.Complete)]
    [DataRow("0096ffec 77e66063 app!Run+0x34", WalkExtent.Truncated)]
    [DataRow("0096ffec 77e66063 app!Run+0x34\n...", WalkExtent.Truncated)]
    public void A_stack_is_complete_when_it_reaches_the_threads_start(string last, WalkExtent walk)
    {
        Assert.AreEqual(walk, Reading.Thread(Wait + last + "\n").Walk);
    }

    [TestMethod]
    [DataRow("0:000> k 2")]
    [DataRow("0:000> kL2")]
    [DataRow("0:000> ~*kb 0n2")]
    [DataRow("0: kd> kn 2")]
    public void A_stack_of_as_many_frames_as_asked_for_is_truncated(string command)
    {
        Assert.AreEqual(WalkExtent.Truncated, Reading.Thread($"{command}\n{Wait}0096ffec 00000000 kernel32!BaseThreadStart+0x34\n").Walk);
    }

    [TestMethod]
    public void A_stack_whose_numbers_begin_late_is_truncated()
    {
        Assert.AreEqual(WalkExtent.Truncated, Reading.Thread("07 0012fcdc 7c822124 a!b+0x1\n08 0096ffec 00000000 kernel32!BaseThreadStart+0x34\n").Walk);
    }

    [TestMethod]
    [DataRow("0:000> dps esp\n0012fcdc  7c822124 ntdll!NtWaitForSingleObject+0xc\n0012fcf0  7c822125 ntdll!KiUserCallbackDispatcher+0x2e\n", DisplayName = "dps by its command")]
    [DataRow("0012fcdc  7c822124 ntdll!NtWait+0xc\n0012fce0  00000000\n0012fce4  00000001\n0012fce8  00000002\n0012fcec  7c822125 ntdll!KiUserCallbackDispatcher+0x2e\n", DisplayName = "dps by its words")]
    [DataRow("0012fcdc 7c822124 a!b+0xc\n0012fce0 7c822124 a!b+0xc\n0012fce4 7c822124 a!b+0xc\n0012fce8 7c822124 a!b+0xc\n", DisplayName = "dps by its steps")]
    [DataRow("1421F440 778ee1a9 ntdll!A + 0x39, calling ntdll!B\n1421F44C 77478b35 ntdll!C + 0x175\n", DisplayName = "!dumpstack by its callees")]
    [DataRow("ChildEBP RetAddr  Caller, Callee\n1421F440 778ee1a9 ntdll!A + 0x39\n", DisplayName = "!dumpstack by its head line")]
    [DataRow("0x000000b4dd9aef88 : 0x00007ff891971a8e : KERNELBASE!WaitForSingleObjectEx+0x8e\n", DisplayName = "dpx")]
    public void A_scan_of_the_stack_is_not_a_walk(string text)
    {
        Assert.AreEqual(WalkExtent.RawScan, Reading.Thread(text).Walk);
    }

    [TestMethod]
    [DataRow(" 7766e992 USER32!__fnINLPCREATESTRUCT+0x0000008b\n 77666b2e ntdll!KiUserCallbackDispatcher+0x0000002e\n")]
    [DataRow("# 0 A.dll!x   +0xf5     (0x71ec0d15 <A.dll+0x30d15>)\n# 1 ntdll.dll!KiUserCallbackDispatcher    +0x2d     (0x7761010a <ntdll.dll+0x1010a>)\n")]
    [DataRow("0x77c1f0d0 <msvcrt.dll+0xf0d0> msvcrt.dll!_getmainargs\n    ??:0\n0x7c90118a <ntdll.dll+0x118a> ntdll.dll!LdrInitializeThunk\n    ??:0\n")]
    public void A_stack_kept_by_a_heap_or_leak_checker_is_historic(string text)
    {
        ThreadStack thread = Reading.Thread(text);

        Assert.IsTrue(thread.IsHistoric);
        Assert.HasCount(2, thread.Frames);
    }

    [TestMethod]
    public void What_the_kernel_says_of_a_thread_is_kept()
    {
        KernelState kernel = Reading.Thread("""
            THREAD fffffa800b2be8c0  Cid 0964.0eac  Teb: 000007f601ba6000 Win32Thread: 0000000000000000 WAIT: (UserRequest) UserMode Non-Alertable
                Wait Start TickCount      210995         Ticks: 405945 (0:01:45:32.782)
                Base fffff8800eb5f000 Limit fffff8800eb59000 Call fffff8800eb5e000
            fffff880`0eb5df20 fffff803`78b27f7c nt!KiSwapContext+0x76
            """).Kernel!;

        Assert.AreEqual("UserRequest", kernel.WaitReason);
        Assert.AreEqual(new TimeSpan(0, 1, 45, 32, 782), kernel.WaitTime);
        Assert.IsTrue(kernel.HasCallbackStack);
        Assert.IsFalse(kernel.IsSystemThread);
    }

    [TestMethod]
    public void A_thread_without_environment_block_is_a_system_thread_and_a_zero_callback_stack_proves_nothing()
    {
        Assert.IsTrue(Reading.Thread("THREAD fb667780 Cid 2.1 Teb: 00000000 Win32Thread: 80144900 WAIT: (WrFreePage)\n  Base 1\n").Kernel!.IsWaiting);
        Assert.IsFalse(Reading.Thread("THREAD fb667780 Cid 2.1 Teb: 00000000 Win32Thread: 80144900 RUNNING on processor 0\n  Base 1\n").Kernel!.IsWaiting);
        Assert.IsFalse(Reading.Thread("THREAD fb667780 Cid 2.1 Teb: 00000000 Win32Thread: 80144900 READY on processor 80000001\n  Base 1\n").Kernel!.IsWaiting);
        KernelState kernel = Reading.Thread("THREAD fb667780 Cid 2.1 Teb: 00000000 Win32Thread: 80144900 WAIT: (WrFreePage)\n  Base 1 Limit 2 Call 0\n").Kernel!;

        Assert.IsTrue(kernel.IsSystemThread);
        Assert.IsNull(kernel.HasCallbackStack);
    }

    [TestMethod]
    [DataRow("0:000> k\n00000072`a512ee18 00007fff`3322d1ee a!b\n", Architecture.X64, SessionKind.User)]
    [DataRow("0012fcdc 7c822124 a!b\n", Architecture.X86, SessionKind.User)]
    [DataRow("1: kd> k\n0012fcdc 7c822124 a!b\n", Architecture.X86, SessionKind.Kernel)]
    [DataRow("0:000:x86> kc\nntdll!NtWait\na!b\n", Architecture.X86, SessionKind.User)]
    [DataRow("ntdll!A\nntdll!KiUserCallbackDispatcherReturn\n", Architecture.Arm64, SessionKind.User)]
    [DataRow("ntdll!A\nntdll!KiUserCallbackDispatcherContinue\n", Architecture.X64, SessionKind.User)]
    [DataRow("ntdll.dll!KiFastSystemCallRet\nntkrnlpa.exe!B+0x1\n", Architecture.X86, SessionKind.Kernel)]
    [DataRow("ntdll!A\na!b\n", Architecture.Unknown, SessionKind.User)]
    public void The_target_is_guessed_from_the_text(string text, Architecture architecture, SessionKind session)
    {
        RecordingFile recording = Reading.Text(text).Recording;

        Assert.AreEqual(architecture, recording.Architecture);
        Assert.AreEqual(architecture, recording.Process.Architecture);
        Assert.AreEqual(session, recording.Session);
    }

    [TestMethod]
    public void Stack_bytes_that_the_text_prints_become_stack_memory()
    {
        StackMemory memory = Reading.Thread("""
            88  ntdll.dll + 0xa1374
                rbp = 0x0000022d536f95b0   rsp = 0x00000070e331d820
                rip = 0x00007ffb947d1374
                Found by: stack scanning

                Stack contents:
                 00000070e331d820 88 03 00 c0 00 00 00 00 00 00 00 00 00 00 00 00  ................
                 00000070e331d830 64 10 30 92                                      d.0.
                Possible instruction pointers:

            89  win32u.dll + 0x1064
                rsp = 0x00000070e331d834

                Stack contents:
                 00000070e331d834 fb 7f                                            ..
            """).Memory!;

        Assert.AreEqual(0x70_e331d820UL, memory.Address);
        Assert.AreEqual(22, memory.Bytes.Length);
        Assert.AreEqual(0x7f, memory.Bytes.Span[^1]);
        Assert.IsFalse(memory.IsComplete);
    }
}

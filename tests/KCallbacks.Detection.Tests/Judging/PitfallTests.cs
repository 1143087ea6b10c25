using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Judging;

/// <summary>Stacks on which a search for "Callback" goes wrong, one or more for each pitfall that recordings showed.</summary>
[TestClass]
public sealed class PitfallTests
{
    private const string Start = ";KERNEL32!BaseThreadInitThunk+0x14;ntdll!RtlUserThreadStart+0x21";

    [TestMethod]
    [DataRow("ntdll!NtCallbackReturn+0x14;user32!_fnDWORD+0x58;ntdll!KiUserCallbackDispatcherContinue;win32u!NtUserDispatchMessage+0x14", DisplayName = "x64, Windows 10")]
    [DataRow("ntdll!ZwCallbackReturn+0xa;user32!_fnDWORD+0x58;ntdll!KiUserCallbackDispatcherContinue;user32!ZwUserDispatchMessage+0xa", DisplayName = "x64, Windows 7, Zw")]
    [DataRow("ntdll!NtCallbackReturn;user32!_fnDWORD+0x58;ntdll!KiUserCallbackDispatcherContinue;win32u!NtUserDispatchMessage+0x14", DisplayName = "no displacement at a breakpoint")]
    [DataRow("ntdll!NtCallbackReturn+0x4;user32!_fnDWORD+0x58;ntdll!KiUserCallbackDispatcherReturn;win32u!NtUserGetMessage+0x4", DisplayName = "ARM64")]
    [DataRow("ntdll!#NtCallbackReturn+0x4;user32!#_fnDWORD+0x58;ntdll!#KiUserCallbackDispatcherReturn;win32u!#NtUserGetMessage+0x4", DisplayName = "ARM64EC")]
    [DataRow("USER32!XyCallbackReturn;ntdll!KiUserCallbackDispatcher+0x13;USER32!NtUserGetMessage+0xc", DisplayName = "XP: int 2Bh")]
    [DataRow("ntdll!KiFastSystemCallRet;ntdll!ZwCallbackReturn+0xc;USER32!__fnDWORD+0x3f;ntdll!KiUserCallbackDispatcher+0x2e", DisplayName = "after the fast system call")]
    [DataRow("ntdll_77890000!NtCallbackReturn+0xc;USER32!__fnDWORD+0x3f;ntdll_77890000!KiUserCallbackDispatcher+0x4d;win32u!NtUserDispatchMessage+0xc", DisplayName = "32-bit half")]
    [DataRow("wow64cpu!CpupSyscallStub+0x9;ntdll_771d0000!ZwCallbackReturn+0x15;USER32!__fnDWORD+0x3f;ntdll_771d0000!KiUserCallbackDispatcher+0x2e", DisplayName = "below the emulator")]
    [DataRow("nt!KiSwapContext+0x76;nt!KiSchedulerApc+0xec;nt!NtCallbackReturn+0x10;nt!KiSystemServiceCopyEnd+0x25;ntdll!NtCallbackReturn+0x14;user32!_fnDWORD+0x58;ntdll!KiUserCallbackDispatcherContinue;win32u!NtUserDispatchMessage+0x14", DisplayName = "kernel frames on top")]
    [DataRow("ntdll!NtCallbackReturn+0x14;ntdll!KiUserCallbackDispatcher+0xcf", DisplayName = "called by the dispatcher itself")]
    [DataRow("ntdll!NtCallbackReturn+0x14", DisplayName = "nothing else seen")]
    public void The_return_stub_innermost_is_at_return(string frames)
    {
        ThreadFinding finding = PrintedStack.Judge(frames);

        Assert.AreEqual(Verdict.AtReturn, finding.Verdict);
        Assert.AreEqual(1, finding.Depth);
        Assert.IsTrue(finding.Callbacks.IsEmpty || finding.Callbacks[0].IsReturning);
    }

    [TestMethod]
    [DataRow("ntdll!NtCallbackReturn+0x14;user32!_fnDWORD+0x58;ntdll!KiUserCallbackDispatcherContinue;win32u!NtUserSetFocus+0x14;user32!_fnDWORD+0x33;ntdll!KiUserCallbackDispatcherContinue;win32u!NtUserDispatchMessage+0x14", true)]
    [DataRow("app!WndProc+0x14;user32!_fnDWORD+0x33;ntdll!KiUserCallbackDispatcherContinue;win32u!NtUserSetFocus+0x14;user32!_fnDWORD+0x33;ntdll!KiUserCallbackDispatcherContinue;win32u!NtUserDispatchMessage+0x14", false)]
    public void Of_nested_callbacks_the_innermost_alone_returns(string frames, bool returns) =>
        CollectionAssert.AreEqual((bool[])[returns, false], PrintedStack.Judge(frames).Callbacks.Select(callback => callback.IsReturning).ToArray());

    [TestMethod]
    [DataRow("ntdll!NtCallbackReturn+0x21;app!work+0x1", DisplayName = "the nearest export of a neighbour")]
    [DataRow("app!ZwCallbackReturn+0x10;app!work+0x1", DisplayName = "an application's function")]
    [DataRow("app!OnCallbackReturn+0x10;app!KeUserModeCallback+0x3", DisplayName = "an application's functions")]
    [DataRow("app!KiUserCallbackDispatcher+0x24;app!work+0x1", DisplayName = "an application's dispatcher")]
    [DataRow("DangerOfUserModeCallback!main+0x8a", DisplayName = "a module of that name")]
    [DataRow("ntdll!TppTimerpExecuteCallback+0x10f;ntdll!TppWorkerThread+0x562", DisplayName = "thread pool")]
    [DataRow("ntdll!NtWaitForSingleObject+0x14;app!work+0x1;ntdll!KiUserApcDispatcher+0x2e", DisplayName = "an APC")]
    [DataRow("app!handler+0x1;ntdll!KiUserExceptionDispatcher+0x2e;app!work+0x1", DisplayName = "an exception")]
    [DataRow("ConEmuHk64!SetLoadLibraryCallback+0x179e3;app!work+0x1", DisplayName = "export noise")]
    [DataRow("app!OnApc+0x1;ntdll!KiUserApcDispatcher+0x2e;win32u!NtUserMsgWaitForMultipleObjectsEx+0x14;app!work+0x1", DisplayName = "an APC inside a window call")]
    [DataRow("app!OnApc+0x1;ntdll!KiUserApcDispatcher+0x2e;ntdll!NtWaitForSingleObject+0x14;app!work+0x1", DisplayName = "an APC inside a wait")]
    [DataRow("wow64cpu!CpupSyscallStub+0x9;ntdll_771d0000!Wow64SystemServiceCall+0x5;win32u!NtUserGetMessage+0xc;user32!GetMessageW+0x30", DisplayName = "both halves of a plain window call")]
    [DataRow("win32u!NtUserMessageCall+0x11;win32u!NtUserMessageCall+0xa;USER32!SendMessageW+0xda", DisplayName = "both halves of a stub of 32-bit Windows 8 and later")]
    [DataRow("win32u!NtUserMessageCall+0x14;USER32!SendMessageWorker+0x8e0;USER32!SendMessageW+0xda", DisplayName = "waiting for another thread's window")]
    [DataRow("app!WndProc+0x4;USER32!UserCallWinProcCheckWow+0x2f8;USER32!SendMessageWorker+0x21f;USER32!SendMessageW+0xda", DisplayName = "a window procedure of the same thread")]
    [DataRow("USER32!fnHkINLPCWPSTRUCTW+0x12;USER32!SendMessageW+0xda", DisplayName = "a helper without underscore")]
    [DataRow("ntdll!KiUserCallbackDispatcher+0x240;USER32!GetMessageW+0x30", DisplayName = "far after the dispatcher's export")]
    [DataRow("win32kfull!GreBatchTextOut+0x76;nt!PsInvokeWin32Callout+0x1cf;nt!KeUserModeCallback+0x271;win32kfull!SfnDWORD+0x2af;nt!KiSystemServiceCopyEnd+0x25;win32u!NtUserDispatchMessage+0x14;USER32!DispatchMessageWorker+0x22f", DisplayName = "the GDI flush behind a callback that is over")]
    [DataRow("win32k!xxxClientFreeWindowClassExtraBytes;win32k!xxxDestroyWindow+0x20;nt!KiSystemServiceCopyEnd+0x13;USER32!NtUserDestroyWindow+0xa", DisplayName = "a callback not yet entered")]
    [DataRow("wow64cpu!CpupSyscallStub+0x9;wow64cpu!WaitForMultipleObjects32+0x3b;wow64!RunCpuSimulation+0xa;wow64!Wow64LdrpInitialize+0x42a;ntdll!LdrInitializeThunk+0xe", DisplayName = "64-bit half of WoW64 in a plain wait")]
    [DataRow("wow64cpu!TurboDispatchJumpAddressEnd+0x5c6;wow64!Wow64KiUserCallbackDispatcher+0x66d;wow64!Wow64LdrpInitialize+0x12d;ntdll!LdrInitializeThunk+0xe", DisplayName = "64-bit half of WoW64 named by exports")]
    [DataRow("nt!KiSwapContext+0x76;mydriver!Worker+0x5;nt!PspSystemThreadStartup+0x57", DisplayName = "a system thread")]
    [DataRow("smokeweed.exe!KiDeliverApc+0x1e3;smokeweed.exe!KiBreakpointTrap+0xf4;byondcore.dll!DungPager::Login+0x1;0x50108000f151a5;0x200524c40", DisplayName = "kernel frames under a wrong module's name")]
    public void Names_that_only_look_like_a_callback_are_none(string frames)
    {
        ThreadFinding finding = PrintedStack.Judge(frames);

        Assert.AreEqual(Verdict.None, finding.Verdict, finding.Reason);
        Assert.AreEqual(0, finding.Depth);
        Assert.IsEmpty(finding.Callbacks);
    }

    [TestMethod]
    [DataRow("", DisplayName = "no frames")]
    [DataRow("0x0;0xdeadbabe", DisplayName = "junk")]
    [DataRow("0x7ff812345678;0x7ff812345abc", DisplayName = "only addresses")]
    [DataRow("ntdll.dll+0xa1374;win32u.dll+0x1064;wxmsw313u+0xb70d", DisplayName = "modules without functions")]
    [DataRow("nt!KiSwapContext+0x76;nt!KeWaitForSingleObject+0x256;win32kfull!xxxRealSleepThread+0x2c9", DisplayName = "the user half is missing")]
    [DataRow("ntdll!KiUserCallbackDispatcher+0x42;USER32!GetMessageW+0x30;app!main+0x1", DisplayName = "the dispatcher's name on frame 0")]
    [DataRow("ntdll!NtWaitForSingleObject+0x14;KERNELBASE!WaitForSingleObjectEx+0x8e;0x7ff812345678;0x7ff812345abc", DisplayName = "lost after code of a just-in-time compiler")]
    [DataRow("ntdll.dll!NtWaitForSingleObject();app.exe!work();user32.dll!00007ffed62555b2();ntdll.dll!00007ffed62655b2();win32u.dll!00007ffed62755b2();app.exe!main()", DisplayName = "Visual Studio without symbols")]
    [DataRow("ntdll!NtWaitForSingleObject+0x14;app!work+0x3;user32+0x1e8f3;ntdll+0xa1374;win32u+0x1064", DisplayName = "a nameless frame of ntdll in the midst")]
    public void What_was_not_seen_is_unknown_and_says_why(string frames)
    {
        ThreadFinding finding = PrintedStack.Judge(frames);

        Assert.AreEqual(Verdict.Unknown, finding.Verdict, finding.Reason);
        Assert.IsFalse(string.IsNullOrWhiteSpace(finding.Reason));
        Assert.AreEqual(Confidence.Low, finding.Confidence);
    }

    [TestMethod]
    [DataRow(1, "USER32!__fnDWORD+0x24;ntdll!KiUserCallbackDispatcher+0x2e;nt!KiCallUserMode+0x4;nt!KeUserModeCallback+0x8f;win32k!SfnDWORD+0xb4;nt!KiFastCallEntry+0xfc;ntdll!KiFastSystemCallRet;ntdll!KiUserCallbackDispatcher+0x2e;USER32!NtUserMessageCall+0xc", DisplayName = "x86 kernel stack: the dispatcher is printed twice")]
    [DataRow(1, "USER32!__fnDWORD;ntdll!KiUserCallbackDispatcher;nt!KiCallUserMode;nt!KeUserModeCallback;nt!KiSystemService;SharedUserData!SystemCallStub;ntdll!KiUserCallbackDispatcher;USER32!NtUserMessageCall", DisplayName = "XP: the stub in shared user data")]
    [DataRow(1, "nt!KiCallUserMode+0x4;nt!KeUserModeCallback+0x8f;win32k!SfnDWORD+0xb4;nt!KiFastCallEntry+0xfc", DisplayName = "kernel half only")]
    [DataRow(1, "nt!KiCallUserMode+0x4;nt!KeUserModeCallback+0x8f;nt!KiFastCallEntry+0xfc;ntdll!KiFastSystemCallRet;ntdll!KiUserCallbackDispatcher+0x2e;USER32!NtUserMessageCall+0xc", DisplayName = "kernel half and artefact")]
    [DataRow(2, "wow64cpu!CpupSyscallStub+0x9;wow64!RunCpuSimulation+0xa;wow64!Wow64KiUserCallbackDispatcher+0x204;wow64win!whcbfnHkINLPMSG+0xc0;ntdll!KiUserCallbackDispatcherContinue;wow64win!ZwUserRealInternalGetMessage+0xa;wow64!Wow64KiUserCallbackDispatcher+0x204;wow64win!whcbClientGetMessageMPH+0x9b;ntdll!KiUserCallbackDispatcherContinue;wow64win!ZwUserPeekMessage+0xa", DisplayName = "64-bit half of WoW64: two names a callback")]
    [DataRow(1, "app!hook+0x1;wow64!Wow64KiUserCallbackDispatcher+0x204;wow64win!whcbfnHkINLPMSG+0xc0", DisplayName = "64-bit half cut before the dispatcher")]
    [DataRow(1, "app!hook+0x1;user32!__ClientLoadLibrary+0x66;KERNELBASE!_EH4_GlobalUnwind+0x3;user32!NtUserCreateWindowEx+0xc", DisplayName = "the dispatcher under another name")]
    [DataRow(1, "app!WndProc+0x1;0x7ff812345678;win32u!NtUserMessageCall+0x14;user32!SendMessageW+0xda", DisplayName = "code inside a window call, the dispatcher without a name")]
    [DataRow(1, "app!WndProc+0x1;ntdll!KiUserCallbackDispatcher+0x240;win32u!NtUserMessageCall+0x14", DisplayName = "code inside a window call, a displacement that fits nothing")]
    [DataRow(1, "USER32!ClientThreadSetup+0x1f9;USER32!__ClientThreadSetup+0x5;ntdll!KiUserCallbackDispatcher+0x2e;GDI32!GdiDllInitialize+0x1c", DisplayName = "a routine that calls its namesake")]
    [DataRow(1, "ntdll!RtlpRunApc+0x1;ntdll!KiUserApcDispatcher+0x2e;ntdll!NtCallbackReturn+0x14;user32!_fnDWORD+0x33;ntdll!KiUserCallbackDispatcherContinue", DisplayName = "an APC at the return stub")]
    [DataRow(1, "ntdll!KiUserCallbackDispatcher;win32u!NtUserMessageCall+0x14;user32!SendMessageW+0xda", DisplayName = "stopped at the dispatcher")]
    [DataRow(1, "ntdll!KiUserCallbackDispatcher+0x42;USER32!GetMessageW+0x30;app!WndProc+0x1;USER32!__fnDWORD+0x24;ntdll!KiUserCallbackDispatcher+0x2e;USER32!SendMessageW+0x4c", DisplayName = "a misnamed frame 0 inside a real callback")]
    [DataRow(1, "app!WndProc+0x3;user32.dll!GetScrollBarInfo+0x16c;ntdll.dll!KiUserCallbackDispatcher+0x2e;user32.dll!RedrawWindow+0xb0", DisplayName = "exports only")]
    [DataRow(1, "app!WndProc;_fnDWORD;KiUserCallbackDispatcherContinue;NtUserDispatchMessage", DisplayName = "no modules")]
    [DataRow(1, "app!wndproc;user32!__fndword;ntdll!kiusercallbackdispatcher;win32u!ntuserdispatchmessage", DisplayName = "lower case")]
    [DataRow(1, "user32!_fnDWORD+0x33;ntdll!KiUserCallForwarder+0x10;ntdll!KiUserCallbackDispatcherContinue;win32u!NtUserDispatchMessage+0x14", DisplayName = "the control flow check's frame")]
    public void Nesting_is_counted_once_for_each_callback(int depth, string frames)
    {
        ThreadFinding finding = PrintedStack.Judge(frames + Start);

        Assert.AreEqual(Verdict.InCallback, finding.Verdict, finding.Reason);
        Assert.AreEqual(depth, finding.Depth);
        Assert.HasCount(depth, finding.Callbacks);
    }

    [TestMethod]
    [DataRow("USER32!_fnDWORD", "win32u!NtUserDispatchMessage", "app!WndProc+0x4;USER32!_fnDWORD+0x33;ntdll!KiUserCallbackDispatcherContinue;win32u!NtUserDispatchMessage+0x14")]
    [DataRow("USER32!__ClientLoadLibrary", "USER32!NtUserCreateWindowEx", "kernel32!LoadLibraryExW;USER32!__ClientLoadLibrary;ntdll!KiUserCallbackDispatcher;nt!KiCallUserMode;nt!KeUserModeCallback;win32k!ClientLoadLibrary;nt!KiFastCallEntry;ntdll!KiFastSystemCallRet;ntdll!KiUserCallbackDispatcher;USER32!NtUserCreateWindowEx", DisplayName = "across the kernel's frames")]
    [DataRow("USER32!_ClientThreadSetup", "GDI32!NtGdiInit", "USER32!_ClientThreadSetup+0x9;ntdll!KiUserCallbackDispatcherContinue;GDI32!ZwGdiInit+0xa", DisplayName = "Zw is written Nt")]
    [DataRow("user32!___ClientCallWinEventProc", null, "user32.dll!___ClientCallWinEventProc@4-();ntdll.dll!_KiUserCallbackDispatcher@12-();user32.dll!_GetMessageW@16-()", DisplayName = "decorated")]
    [DataRow(null, null, "user32!GetScrollBarInfo+0x16c;ntdll!KiUserCallbackDispatcher+0x2e;user32!RedrawWindow+0xb0", DisplayName = "export noise names neither")]
    [DataRow(null, null, "app!WndProc+0x1;ntdll!KiUserCallbackDispatcher+0x2e;app!main+0x4;user32!NtUserGetMessage+0xc", DisplayName = "only direct neighbours")]
    [DataRow(null, null, "user32!_fnDWORD+0x401;ntdll!KiUserCallbackDispatcher+0x24;win32u!NtUserGetMessage+0x21", DisplayName = "beyond the function's length")]
    [DataRow("user32!_fnDWORD", null, "user32!fnHkINLPCWPSTRUCTW+0x5f;user32!_fnDWORD+0x33;ntdll!KiUserCallbackDispatcherContinue;user32!NtdllDefWindowProc_W", DisplayName = "the helper above is not the routine")]
    public void Routine_and_entry_are_the_dispatchers_neighbours(string? routine, string? entry, string frames)
    {
        Callback callback = PrintedStack.Judge("ntdll!NtWaitForSingleObject+0x14;app!x+0x1;" + frames + Start).Callbacks.Single();

        Assert.AreEqual(routine, callback.Routine);
        Assert.AreEqual(entry, callback.Entry);
    }

    [TestMethod]
    [DataRow("High", "USER32!_fnDWORD+0x33;ntdll!KiUserCallbackDispatcher+0x24")]
    [DataRow("High", "app!x;ntdll!KiUserCallbackDispatcherContinue")]
    [DataRow("Medium", "app!x;ntdll!KiUserCallbackDispatcher+0x24")]
    [DataRow("Low", "app!x;ntdll!KiUserCallbackDispatcher")]
    [DataRow("Low", "app!x;ntdll!KiUserCallbackDispatcher+0x55")]
    [DataRow("Low", "app!x;USER32!_fnDWORD+0x33")]
    public void Confidence_follows_the_name_and_its_displacement(string expected, string frames) =>
        Assert.AreEqual(expected, PrintedStack.Judge("ntdll!NtWaitForSingleObject+0x14;" + frames + Start).Confidence.ToString());

    [TestMethod]
    [DataRow("ntdll!NtWaitForSingleObject", "ntdll!KiFastSystemCallRet;ntdll!NtWaitForSingleObject+0xc;kernel32!WaitForSingleObject+0x12")]
    [DataRow("ntdll!NtWaitForSingleObject", "nt!KiSwapContext+0x1;nt!KiFastCallEntry+0xfc;ntdll!NtWaitForSingleObject+0x14;kernel32!WaitForSingleObject+0x12")]
    [DataRow("KERNELBASE!WaitForSingleObjectEx", "ntdll+0x9f714;KERNELBASE!WaitForSingleObjectEx+0x8e", DisplayName = "a nameless stub")]
    [DataRow(null, "0x7ff812345678;app!work+0x1", DisplayName = "runs code without a name")]
    [DataRow(null, "wow64cpu!CpupSyscallStub+0x9;wow64!RunCpuSimulation+0xa;wow64!Wow64LdrpInitialize+0x42a", DisplayName = "emulation tells nothing")]
    [DataRow(null, "nt!KiCallUserMode+0x4;nt!KiFastCallEntry+0xfc;ntdll!KiFastSystemCallRet;USER32!NtUserGetMessage+0xc", DisplayName = "the callback's own frames are missing")]
    public void The_innermost_named_user_frame_says_what_the_thread_does(string? expected, string frames) =>
        Assert.AreEqual(expected, PrintedStack.Judge(frames + Start).BlockedIn);

    [TestMethod]
    public void A_walk_that_ends_early_gives_the_depth_as_a_minimum()
    {
        const string frames = "app!WndProc+0x3;USER32!_fnDWORD+0x33;ntdll!KiUserCallbackDispatcherContinue;win32u!NtUserMessageCall+0x14";

        Assert.IsTrue(PrintedStack.Judge(frames, WalkExtent.Truncated).DepthIsMinimum);
        Assert.IsTrue(PrintedStack.Judge(frames + ";0x58;0x3").DepthIsMinimum);
        Assert.IsTrue(PrintedStack.Judge("app!WndProc+0x3;USER32!_fnDWORD+0x33;ntdll!KiUserCallbackDispatcherContinue").DepthIsMinimum);
        Assert.IsFalse(PrintedStack.Judge(frames + Start).DepthIsMinimum);
    }

    [TestMethod]
    public void A_raw_scan_proves_no_callback()
    {
        ThreadFinding finding = PrintedStack.Judge("app!x+0x1;USER32!_fnDWORD+0x33;ntdll!KiUserCallbackDispatcher+0x4d;win32u!NtUserMessageCall+0xc", WalkExtent.RawScan);

        Assert.AreEqual(Verdict.Unknown, finding.Verdict);
        Assert.AreEqual(1, finding.Depth);
        Assert.AreEqual("USER32!_fnDWORD", finding.Callbacks[0].Routine, "a hint");
        Assert.AreEqual("win32u!NtUserMessageCall", finding.Callbacks[0].Entry, "a hint");
    }

    [TestMethod]
    [DataRow("USER32!_fnDWORD+0x33;app!x+0x1;ntdll!KiUserCallbackDispatcherContinue;app!y+0x1;USER32!VerNtUserCreateWindowEx+0x2", 1, "USER32!_fnDWORD", "USER32!VerNtUserCreateWindowEx")]
    [DataRow("app!x+0x1;ntdll!KiUserCallbackDispatcherContinue;app!y+0x1;USER32!_fnDWORD+0x33;ntdll!KiUserCallbackDispatcherContinue", 2, null, null)]
    public void Among_raw_words_a_routine_and_its_dispatcher_are_one_callback(string words, int depth, string? routine, string? entry)
    {
        ThreadFinding finding = PrintedStack.Judge(words, WalkExtent.RawScan);

        Assert.AreEqual(Verdict.Unknown, finding.Verdict);
        Assert.AreEqual(depth, finding.Depth);
        Assert.AreEqual(routine, finding.Callbacks[0].Routine);
        Assert.AreEqual(entry, finding.Callbacks[0].Entry);
    }

    [TestMethod]
    public void A_stack_from_the_past_is_never_sure()
    {
        ThreadStack stack = PrintedStack.Of("ntdll!RtlAllocateHeap+0x1;USER32!__fnDWORD+0x24;ntdll!KiUserCallbackDispatcher+0x2e") with { IsHistoric = true };

        ThreadFinding finding = new CallbackDetector(new UnknownProcess()).Judge(stack);

        Assert.AreEqual(Verdict.InCallback, finding.Verdict);
        Assert.AreEqual(Confidence.Low, finding.Confidence);
        StringAssert.Contains(finding.Reason, "past");
    }

    [TestMethod]
    public void A_targets_problem_is_the_reason()
    {
        ThreadStack stack = PrintedStack.Of("") with { Walk = WalkExtent.Failed, Problem = "the stack is paged out" };

        Assert.AreEqual("the stack is paged out", new CallbackDetector(new UnknownProcess()).Judge(stack).Reason);
    }
}

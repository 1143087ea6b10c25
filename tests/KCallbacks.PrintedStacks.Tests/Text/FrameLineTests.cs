using KCallbacks.Detection.Model;

namespace KCallbacks.PrintedStacks.Tests.Text;

/// <summary>One line of every shape, between two plain frames so that it stands inside a stack.</summary>
[TestClass]
public sealed class FrameLineTests
{
    [TestMethod]
    // k, kn, kL, kb, kv, kf, kp on 64 and 32 bits
    [DataRow("00000000`0181fb90 00000000`deadbabe     ntdll!KiUserCallbackDispatcher+0xc3", "ntdll!KiUserCallbackDispatcher+0xc3")]
    [DataRow("04 00000072`a512ef30 00007fff`31b814d4     ntdll!KiUserCallbackDispatcherContinue", "ntdll!KiUserCallbackDispatcherContinue")]
    [DataRow("0006fe94 8050f8ae ntdll!KiUserCallbackDispatcher+0x13", "ntdll!KiUserCallbackDispatcher+0x13")]
    [DataRow("07cfc954 64921430 07cfc9d8 00000000 00000000 ntdll_771d0000!KiUserCallbackDispatcher+0x2e", "ntdll_771d0000!KiUserCallbackDispatcher+0x2e")]
    [DataRow("00000000`deadbabe     : 00000000`00000003 00000000`0181fd10 00000000`00000058 00000000`00000000 : ntdll!KiUserCallbackDispatcher+0xc3", "ntdll!KiUserCallbackDispatcher+0xc3")]
    [DataRow("      160 00000000`0181fb90 00000000`deadbabe     ntdll!KiUserCallbackDispatcher+0xc3", "ntdll!KiUserCallbackDispatcher+0xc3")]
    [DataRow("00 097ef0e8 7761b79b 7b55f2a4 00000000 7b55f2a0 ntdll!NtWaitForAlertByThreadId+0xc (FPO: [2,0,0])", "ntdll!NtWaitForAlertByThreadId+0xc")]
    [DataRow("13 fffff880`0eb5ebd0 000007fe`45d2315b nt!KiSystemServiceCopyEnd+0x13 (TrapFrame @ fffff880`0eb5ec40)", "nt!KiSystemServiceCopyEnd+0x13")]
    [DataRow("07cfe85c 531dcaaa 07cfe918 54c916ad 04356204 JECM!CJBusiness::Function+0xa3c [c:\\cubedisk\\jbusiness.cpp @ 1462]", "JECM!CJBusiness::Function+0xa3c")]
    [DataRow("54 0285ee74 7a42ff91 coreclr!CallDescrWorkerInternal(unsigned long pParams = 0x285eed8)+0x34 [D:\\a\\asmhelpers.asm @ 615] ", "coreclr!CallDescrWorkerInternal+0x34")]
    [DataRow("(Inline Function) --------`-------- UxTheme!CPaintBuffer::EndPaint+0x172 ", "UxTheme!CPaintBuffer::EndPaint+0x172")]
    [DataRow("55 (Inline) -------- coreclr!CallDescrWorkerWithHandler(void)+0x55 [d:\\callhelpers.cpp @ 70] ", "coreclr!CallDescrWorkerWithHandler+0x55")]
    // addresses without the backtick, in capitals, after 0x
    [DataRow("02 000000d1f72ffe20 00007ff60081322e KERNELBASE!WaitForMultipleObjects+0xe    ", "KERNELBASE!WaitForMultipleObjects+0xe")]
    [DataRow("00BD8C30 775f505d ntdll!KiUserCallbackDispatcher + 0x4d", "ntdll!KiUserCallbackDispatcher+0x4d")]
    [DataRow("0x0012fca4 0x7c960f9f ntdll!LdrpInitializationFailure+0x2d", "ntdll!LdrpInitializationFailure+0x2d")]
    // names that are not words
    [DataRow("0a 00000072`a512f120 00007fff`31f6c364     comdlg32!<lambda_22c3789f28ebf1f2c635f53cf3743f73>::operator()+0xf8", "comdlg32!<lambda_22c3789f28ebf1f2c635f53cf3743f73>::operator()+0xf8")]
    [DataRow("00000000`0393f500 00000000`7705374e : 00000000`0393f5c0 00000000`00000000 00000000`7efdf000 00000000`00000000 : ntdll! ?? ::FNODOBFM::`string'+0x22b94", "ntdll! ?? ::FNODOBFM::`string'+0x22b94")]
    [DataRow("10 096ee9b8 7b0a678c JJDPS!operator delete+0xe ", "JJDPS!operator delete+0xe")]
    [DataRow("10 096ee9b8 7b0a678c JJDPS!operator new[]+0xe ", "JJDPS!operator new[]+0xe")]
    [DataRow("10 096ee9b8 7b0a678c app!Text::operator+=+0xe ", "app!Text::operator+=+0xe")]
    [DataRow("10 096ee9b8 7b0a678c app!Text::operator<+0xe ", "app!Text::operator<+0xe")]
    [DataRow("10 096ee9b8 7b0a678c app!Text::operator->+0xe ", "app!Text::operator->+0xe")]
    [DataRow("0012e0a4 77291a10 apuidll!ATL::CWindowImplBaseT<WTL::CEditT<ATL::CWindow>,ATL::CWinTraits<1442840576,0> >::WindowProc+0x85 ", "apuidll!ATL::CWindowImplBaseT<WTL::CEditT<ATL::CWindow>,ATL::CWinTraits<1442840576,0> >::WindowProc+0x85")]
    [DataRow("0012e0a4 77291a10 app!std::_Func_impl<void (__cdecl*)(int),int>::_Do_call+0x85", "app!std::_Func_impl<void (__cdecl*)(int),int>::_Do_call+0x85")]
    [DataRow("mozglue!`anonymous namespace'::patched_LdrLoadDll+0x1b0", "mozglue!`anonymous namespace'::patched_LdrLoadDll+0x1b0")]
    [DataRow("0012e0a4 77291a10 app!`A::f'::`2'::x::g+0x1", "app!`A::f'::`2'::x::g+0x1")]
    // displacements
    [DataRow("    772d6fee ntdll!KiUserCallbackDispatcher+0x0000002e", "ntdll!KiUserCallbackDispatcher+0x2e")]
    [DataRow("     ntdll.dll!_LdrpLoadDll@24()  - 0x1b8    ", "ntdll.dll!_LdrpLoadDll@24+0xfffffffffffffe48")]
    [DataRow("51: user.exe16!call_native_wndproc_context+0xffffffffffffcb4b - 0x6f37b170 (null)(0)", "user.exe16!call_native_wndproc_context+0xffffffffffffcb4b")]
    [DataRow("7ffe6fc27a44 ntdll!KiUserCallbackDispatcherContinue+0x0", "ntdll!KiUserCallbackDispatcherContinue+0x0")]
    [DataRow("ntdll!NtWaitForSingleObject+0x14   <-- hangs here", "ntdll!NtWaitForSingleObject+0x14")]
    [DataRow("0012ec04 02105de1 apExtCmp!AT::CWclManager::OnMouse+0x152            // here it is", "apExtCmp!AT::CWclManager::OnMouse+0x152")]
    // code without a name
    [DataRow("00000000`0181f900 00000002`16a2894b     gui3+0x1635", "gui3+0x1635")]
    [DataRow("00b4ff88 764b338a 0x1e02d1", "0x1e02d1")]
    [DataRow("00000000`0181fcf0 00000000`00000003     0xdeadbabe", "0xdeadbabe")]
    [DataRow("fffff802`59858c70 ffffcb08`8fd68010 : 00000000`00000000 fffff802`58259600 00000000`00000008 ffffcb08`8f0a4400 : 0xfffff801`b56d24aa", "0xfffff801b56d24aa")]
    [DataRow("10, 0x50108000f151a5", "0x50108000f151a5")]
    [DataRow("!RemoveShellExt+0x16b", "!RemoveShellExt+0x16b")]
    [DataRow("    fb26ed18 80118efc c0502000 804044b0 00000000 KiSwapThread+0xb5", "!KiSwapThread+0xb5")]
    // backtraces of GDB, LLDB, Rust and Chromium
    [DataRow("#6  0x00007ffc14e51374 in ntdll!KiUserCallbackDispatcher () from C:\\WINDOWS\\SYSTEM32\\ntdll.dll", "ntdll!KiUserCallbackDispatcher")]
    [DataRow("#3  0x0000000000401a2c in ?? ()", "0x401a2c")]
    [DataRow("  * frame #4: 0x00007ffc14e51374 ntdll.dll`KiUserCallbackDispatcher + 36", "ntdll.dll!KiUserCallbackDispatcher+0x24")]
    [DataRow("   6:     0x7ffe2cd31374 - KiUserCallbackDispatcher", "!KiUserCallbackDispatcher")]
    [DataRow("   6:     0x7ffe2cd31374 - <unknown>", "0x7ffe2cd31374")]
    [DataRow("\tKiUserCallbackDispatcher [0x00007FFC14E51374+36]", "!KiUserCallbackDispatcher+0x24")]
    // tables of Process Monitor and of crash statistics
    [DataRow("9\tntdll.dll\tKiUserCallbackDispatcher + 0x24\t0x7ffa8b950bf4\tC:\\WINDOWS\\System32\\ntdll.dll", "ntdll.dll!KiUserCallbackDispatcher+0x24")]
    [DataRow("\"U 9\",\"ntdll.dll\",\"KiUserCallbackDispatcher + 0x24\",\"0x7ffa8b950bf4\"", "ntdll.dll!KiUserCallbackDispatcher+0x24")]
    [DataRow("12\tapp.exe\tapp.exe + 0x1c02\t0x7ff6c8041c02\tC:\\app.exe", "app.exe+0x1c02")]
    [DataRow("7 \tntdll.dll \tKiUserCallbackDispatcherContinue \t\tcfi", "ntdll.dll!KiUserCallbackDispatcherContinue")]
    // Visual C++ 6
    [DataRow("NTDLL! KiUserCallbackDispatcher@12 + 19 bytes", "NTDLL!KiUserCallbackDispatcher@12+0x13")]
    [DataRow("USER32! DispatchClientMessage@20 address 0x77e163cc", "USER32!DispatchClientMessage@20")]
    // Delphi programs
    [DataRow("77d44c1d +04d ntdll.dll                            KiUserCallbackDispatcher", "ntdll.dll!KiUserCallbackDispatcher+0x4d")]
    [DataRow("[77D44C1D]{ntdll.dll   } KiUserCallbackDispatcher + $4D", "ntdll.dll!KiUserCallbackDispatcher+0x4d")]
    [DataRow("[76A4BF1B]{user32.dll  } Unknown function at AddClipboardFormatListener + $2B", "user32.dll!AddClipboardFormatListener+0x2b")]
    // Visual Studio and its diagnostics
    [DataRow(">\tntdll.dll!NtWaitForSingleObject()\tUnknown", "ntdll.dll!NtWaitForSingleObject")]
    [DataRow(" \tuser32.dll!__fnDWORD()\tUnknown\tNon-user code. Symbols loaded without source information.", "user32.dll!__fnDWORD")]
    [DataRow(" \tcoreclr.dll!LoadLibraryExWrapper(const wchar_t * lpLibFileName=0x000000d700000000, void * dwFlags=8) \u884c 273\tC++", "coreclr.dll!LoadLibraryExWrapper")]
    [DataRow(" \tYunShellExtV164.dll!00007ffed62555b2()\t\u672a\u77e5", "YunShellExtV164.dll")]
    [DataRow("//   user32.dll!___fnDWORD@4()\t\u672a\u77e5", "user32.dll!___fnDWORD@4")]
    [DataRow("> user32.dll!___ClientCallWinEventProc@4-()  ", "user32.dll!___ClientCallWinEventProc@4-")]
    [DataRow("\t0x7424bcb6 {user32.dll!__fnHkINDWORD(_FNHKINDWORDMSG * pmsg), Line 5307}", "user32.dll!__fnHkINDWORD")]
    [DataRow("\t[Inline Frame] app.exe!wil::handle_wait(void *)\tUnknown", "app.exe!wil::handle_wait")]
    // other tools
    [DataRow("Minor       : ntdll!KiUserCallbackDispatcher+0x2e  ", "ntdll!KiUserCallbackDispatcher+0x2e")]
    [DataRow("\t\t# 6 ntdll.dll!KiUserCallbackDispatcher    +0x2d     (0x7761010a <ntdll.dll+0x1010a>)", "ntdll.dll!KiUserCallbackDispatcher+0x2d")]
    [DataRow("~~Dr.M~~ #10 CreateSplash                           [c:\\vc10\\main.cpp:274]", "CreateSplash")]
    [DataRow("0x7c90e457 <ntdll.dll+0xe457> ntdll.dll!KiUserApcDispatcher", "ntdll.dll!KiUserApcDispatcher")]
    [DataRow("00007FFDAFA690B4 (ntdll 00007FFDAF9C0000): (filename not available) (0): KiUserCallbackDispatcher", "ntdll!KiUserCallbackDispatcher")]
    [DataRow("7C90E473 (ntdll): (filename not available): KiUserCallbackDispatcher", "ntdll!KiUserCallbackDispatcher")]
    [DataRow("00007FFA41F912E0 01:00000000000A02E0 ntdll.dll!KiUserApcDispatcher+0xb0", "ntdll.dll!KiUserApcDispatcher+0xb0")]
    [DataRow("7, My App.exe!PhInitializeProviderThread+0x26a", "My App.exe!PhInitializeProviderThread+0x26a")]
    [DataRow("[0x1]   ntdll!RtlpAcquireSRWLockExclusiveContended+0x12a   ", "ntdll!RtlpAcquireSRWLockExclusiveContended+0x12a")]
    [DataRow("    [0x2]            : USER32!GetMessageW + 0x22 [Switch To]", "USER32!GetMessageW+0x22")]
    [DataRow("88  ntdll.dll + 0xa1374", "ntdll.dll+0xa1374")]
    [DataRow("        * 06 03eaffac 771d9263 wininet!ICAsyncThread::SelectThread+0x22a", "wininet!ICAsyncThread::SelectThread+0x22a")]
    // the column Arch, sizes before inlined rows, columns of crash reports
    [DataRow("04  ARM64EC (Inline Function) --------`--------     user32!CallIt+0x8", "user32!CallIt+0x8")]
    [DataRow("   arm64 00000097`0010fd40 00000001`4000100c     ntdll!NtWaitForSingleObject+0x4", "ntdll!NtWaitForSingleObject+0x4")]
    [DataRow("02        50 (Inline Function) --------`--------     app!Call+0x16 [c:\\app\\a.h @ 114]", "app!Call+0x16")]
    [DataRow("000000D5C1D7D3C8 00007FFB2A1B0C14 [HelperMethodFrame_1OBJ: 000000d5c1d7d3c8] System.Threading.Monitor.Enter(System.Object)", "!System.Threading.Monitor.Enter")]
    [DataRow("000000D5C1D7DE68 00007FFB2A0F4873 [GCFrame: 000000d5c1d7de68]", "![GCFrame: 000000d5c1d7de68]")]
    [DataRow("000000D5C1D7D4D0 00007ffaf4e7a1c2 (MethodDesc 00007ffaf4d01230 +0x82 App.Main.Run(System.String)), calling 00007ffb11223344", "!App.Main.Run+0x82")]
    // Unity, Unreal, Java, libraries
    [DataRow("0x00007FF811110060 (win32u) NtUserPeekMessage", "win32u!NtUserPeekMessage")]
    [DataRow("0x00007FF7AA0010F0 (Unity) (function-name not available)", "Unity")]
    [DataRow("0x000002240D1C3E2B (Mono JIT Code) [Chart.cs:41] Acme.Chart:Redraw (bool)", "!Acme.Chart:Redraw")]
    [DataRow("0x00007ff711110030 USER32.dll!UnknownFunction []", "USER32.dll")]
    [DataRow("C  [ntdll.dll+0x9d094]  KiUserCallbackDispatcher+0x24", "ntdll.dll!KiUserCallbackDispatcher+0x24")]
    [DataRow("C  [awt.dll+0x8a210]", "awt.dll+0x8a210")]
    [DataRow(" 6# KiUserCallbackDispatcher in C:\\Windows\\SYSTEM32\\ntdll.dll", "ntdll.dll!KiUserCallbackDispatcher")]
    [DataRow("6> C:\\src\\a.cpp(12): app!main+0x1E", "app!main+0x1e")]
    [DataRow("    @   00007FF811110050  36  KiUserCallbackDispatcher", "!KiUserCallbackDispatcher")]
    [DataRow("#6    Object \"C:\\Windows\\ntdll.dll\", at 7ffc14e51374, in KiUserCallbackDispatcher", "ntdll.dll!KiUserCallbackDispatcher")]
    [DataRow("KiUserCallbackDispatcher at C:\\WINDOWS\\SYSTEM32\\ntdll.dll (unknown line)", "ntdll.dll!KiUserCallbackDispatcher")]
    [DataRow("    #3 0x7ff8b2a50e13 in KiUserCallbackDispatcher+0x23 (C:\\WINDOWS\\SYSTEM32\\ntdll.dll+0x1800a0e13)", "ntdll.dll!KiUserCallbackDispatcher+0x23")]
    [DataRow("    #02 0x00007FFE058A427C ntdll.dll `KiUserCallbackDispatcher+0x24`", "ntdll.dll!KiUserCallbackDispatcher+0x24")]
    [DataRow("  1 0x006fff11110020 call_window_proc+0x59(hwnd=<register RBX not accessible in this frame>) [/src/winproc.c:86] in user32 (0x0000000000004e)", "user32!call_window_proc+0x59")]
    [DataRow("#0  wait_for_worker (this=0x1234) at ../src/worker.c:139", "!wait_for_worker")]
    [DataRow("    frame #1: 0x00007ff711110020 view.exe`View::proc(this=0x1) + 36 at view.cpp:42:9", "view.exe!View::proc+0x24")]
    // tables
    [DataRow("0|4|ntdll.dll|KiUserCallbackDispatcher|||0x24", "ntdll.dll!KiUserCallbackDispatcher+0x24")]
    [DataRow("app.exe (4660),4664,ntdll.dll!KiUserCallbackDispatcherContinue,12,11.9", "ntdll.dll!KiUserCallbackDispatcherContinue")]
    [DataRow("  Stack,    1234567,       4664,   5, 0x00007ff8b2a50ba4, ntdll.dll!KiUserCallbackDispatcherContinue", "ntdll.dll!KiUserCallbackDispatcherContinue")]
    // names of every language
    [DataRow("0012e0a4 77291a10 app!winit::callback::{closure#0}+0x8e", "app!winit::callback::{closure#0}+0x8e")]
    [DataRow("0012e0a4 77291a10 app!core::ops::FnOnce::call_once{{vtable.shim}}+0x8", "app!core::ops::FnOnce::call_once{{vtable.shim}}+0x8")]
    [DataRow("0012e0a4 77291a10 app!<alloc::boxed::Box<F,A> as core::ops::FnOnce<Args> >::call_once+0x8", "app!<alloc::boxed::Box<F,A> as core::ops::FnOnce<Args> >::call_once+0x8")]
    [DataRow("0012e0a4 77291a10 App!System.Collections.Generic.List`1[[System.__Canon, mscorlib]].Add(System.__Canon)+0x40", "App!System.Collections.Generic.List`1[[System.__Canon, mscorlib]].Add+0x40")]
    [DataRow("0012e0a4 77291a10 App!App.Main+<>c__DisplayClass4_0.<OnLoad>b__1()+0x12", "App!App.Main+<>c__DisplayClass4_0.<OnLoad>b__1+0x12")]
    [DataRow("0012e0a4 77291a10 app!ui::operator\"\"_px+0x8", "app!ui::operator\"\"_px+0x8")]
    [DataRow("0012e0a4 77291a10 app!f(int)::'lambda'(int)::operator()+0x8", "app!f(int)::'lambda'(int)::operator()+0x8")]
    [DataRow("0012e0a4 77291a10 app!(anonymous namespace)::f+0x8", "app!(anonymous namespace)::f+0x8")]
    [DataRow("0012e0a4 77291a10 app!-[Sheet drawCell:in:]+0x8", "app!-[Sheet drawCell:in:]+0x8")]
    [DataRow("0012e0a4 77291a10 app!std::_Func_impl<...>::_Do_call+0x8", "app!std::_Func_impl<...>::_Do_call+0x8")]
    [DataRow("0012e0a4 77291a10 app!Very::Long...Name+0x8", "app!Very::Long...Name+0x8")]
    [DataRow("0012e0a4 77291a10 <Unloaded_skin.dll>+0x1f20", "<Unloaded_skin.dll>+0x1f20")]
    // words before
    [DataRow("   at ntdll.dll!KiUserCallbackDispatcherContinue", "ntdll.dll!KiUserCallbackDispatcherContinue")]
    [DataRow("Frame 3: ntdll.dll!KiUserCallbackDispatcherContinue+0x0", "ntdll.dll!KiUserCallbackDispatcherContinue+0x0")]
    // remarks
    [DataRow("0012e0a4 77291a10 app!WndProc+0x20 => waits for the worker", "app!WndProc+0x20")]
    [DataRow("user32!CallNextHookEx    <== here", "user32!CallNextHookEx")]
    [DataRow("vfbasics!AVrfpCheck+b5", "vfbasics!AVrfpCheck+0xb5")]
    // what text recognition makes of it
    [DataRow("OO12fe2c 7c9Ol23B ntdll!KiUserCallbackDispatcher+Ox2e", "ntdll!KiUserCallbackDispatcher+0x2e")]
    [DataRow("0012fe2c 7c901238 ntdll! KiUserCallbackDispatcher+0x2e", "ntdll!KiUserCallbackDispatcher+0x2e")]
    public void A_frame_is_recognised_by_its_structure(string line, string expected)
    {
        ThreadStack thread = Reading.Threads($"{line}\n{line}\n")[0];

        Assert.AreEqual(expected, Reading.Spell(thread.Frames[0]));
    }

    [TestMethod]
    [DataRow("KiUserCallbackDispatcher at (unknown line)")]
    [DataRow("ntdll!DbgBreakPoint:")]
    [DataRow("77f7bb3c ff1485           call    dword ptr [ntdll!Foo+0x3 (77f7bb3c)]")]
    [DataRow("00007ff8`07237034 ntdll!KiUserCallbackDispatcher = <no type information>")]
    [DataRow("rax=0000000000000000 rbx=0000000000000000 rcx=0000000000000000")]
    [DataRow("77f60000 77ff7000   ntdll      (deferred)             ")]
    [DataRow("ModLoad: 00007ffb`1dbe0000 00007ffb`1ddd5000   C:\\WINDOWS\\SYSTEM32\\ntdll.dll")]
    [DataRow("Here ntdll!NtWaitForSingleObject+0x14 is on top")]
    [DataRow("The server is gone! Restart it.")]
    [DataRow("Start Address Phase1Initialization (0x801aab44)")]
    [DataRow("0012fe70  00000000 00000001 7c90eae3 0012fe90")]
    [DataRow("IMAGE_NAME:  ntdll.dll")]
    [DataRow("(1234.5678): Break instruction exception - code 80000003 (first chance)")]
    public void A_line_that_is_no_frame_is_not_taken_for_one(string line)
    {
        Assert.IsEmpty(Reading.Threads($"{line}\n{line}\n"));
    }

    [TestMethod]
    public void Addresses_are_read_where_they_are_printed()
    {
        StackFrame walked = Reading.Thread("01 00000072`a512ee20 00007fff`154c692e     USER32!X+0x1e\n02 00000072`a512ee60 0 a!b\n").Frames[0];
        Assert.AreEqual(0x72_a512ee20UL, walked.StackPointer);
        Assert.AreEqual(0x7fff_154c692eUL, walked.ReturnAddress);
        Assert.AreEqual(0UL, walked.InstructionPointer);

        StackFrame listed = Reading.Thread("7ffe6e6f8553 user32!_fnDWORD+0x33\n7ffe6e6f8553 user32!_fnDWORD+0x33\n").Frames[0];
        Assert.AreEqual(0x7ffe_6e6f8553UL, listed.InstructionPointer);
        Assert.AreEqual(0UL, listed.StackPointer);

        StackFrame argued = Reading.Thread("00000001`70055d2f : 00000000`00000000 00000000`01b1ffd8 00000000`00000000 00000000`00000000 : ntdll!NtCallbackReturn+0x14\n").Frames[0];
        Assert.AreEqual(0x1_70055d2fUL, argued.ReturnAddress);
        Assert.AreEqual(0UL, argued.StackPointer);
    }

    [TestMethod]
    [DataRow("fffff880`04fcd520 fffff960`0028d943 tcpip!Foo+0x3b", FrameSide.Kernel)]
    [DataRow("00000000`0257f058 000007ff`38d231f1 GDI32!NtGdiBitBlt+0xa", FrameSide.User)]
    [DataRow("f4fc1a90 bf8748d4 win32k!SfnDWORD+0xa0", FrameSide.Kernel)]
    [DataRow("be682b18 f22b372b agpCPQ!AgpReleaseMemory+0x88", FrameSide.Unknown)]
    [DataRow("0006fe94 8050f8ae ntdll!KiUserCallbackDispatcher+0x13", FrameSide.User)]
    [DataRow("    fffff80151a3a756 hal!Foo+0x76", FrameSide.Kernel)]
    [DataRow("ntkrnlpa.exe!NtWaitForSingleObject+0x9a", FrameSide.Kernel)]
    [DataRow("app!Foo+0x9a", FrameSide.Unknown)]
    public void The_side_is_told_by_address_or_module(string line, FrameSide side)
    {
        Assert.AreEqual(side, Reading.Threads($"{line}\n{line}\n")[0].Frames[0].Side);
    }
}

using System.Collections.Immutable;
using KCallbacks.Detection.HangShapes;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.HangShapes;

[TestClass]
public sealed class ShapeFinderTests
{
    private const string Wait = "ntdll!NtWaitForSingleObject+0x14;";
    private const string Dispatcher = "ntdll!KiUserCallbackDispatcherContinue;";
    private const string Window = "USER32!_fnDWORD+0x33;" + Dispatcher + "win32u!NtUserMessageCall+0x14;";
    private const string Start = "KERNEL32!BaseThreadInitThunk+0x14;ntdll!RtlUserThreadStart+0x21";

    [TestMethod]
    [DataRow("entry point of a hook library, under the loader lock", "1 3", Wait + "ntdll!LdrpCallInitRoutine+0x14;KERNELBASE!LoadLibraryExW+0xea;USER32!__ClientLoadLibrary+0x66;" + Dispatcher)]
    [DataRow("loading of a hook library", "2", Wait + "KERNELBASE!LoadLibraryExW+0xea;USER32!__ClientLoadLibrary+0x66;" + Dispatcher)]
    [DataRow("AppInit libraries at a thread's first window call", "1 3", Wait + "kernel32!LoadAppInitDlls+0x82;USER32!ClientThreadSetup+0x1f9;USER32!__ClientThreadSetup+0x5;" + Dispatcher)]
    [DataRow("first window call of a thread", "1", Wait + "USER32!_ClientThreadSetup+0x9;" + Dispatcher)]
    [DataRow("hook procedure", "3", Wait + "hook!Proc+0x1;USER32!DispatchHookA+0x100;USER32!_fnHkINLPMSG+0x3f;" + Dispatcher)]
    [DataRow("hook procedure", "3", Wait + "wow64!Wow64KiUserCallbackDispatcher+0x204;wow64win!thunk+0x1;wow64win!whcbfnHkINLPMSG+0xc0;" + Dispatcher)]
    [DataRow("WinEvent procedure", "2", Wait + "app!OnEvent+0x1;USER32!_ClientCallWinEventProc+0x2a;" + Dispatcher)]
    [DataRow("printer driver in user mode", "2", Wait + "GDI32!GdiPrinterThunk+0x1ac;USER32!__ClientPrinterThunk+0x2a;" + Dispatcher)]
    [DataRow("input method", "2", Wait + "IMM32!ImmProcessKey+0x1;USER32!_ClientImmProcessKey+0x2a;" + Dispatcher)]
    [DataRow("dynamic data exchange", "1", Wait + "USER32!_fnSENTDDEMSG+0x2a;" + Dispatcher)]
    [DataRow("waiting for the loader lock", "1", Wait + "ntdll!LdrpAcquireLoaderLock+0x2c;ntdll!LdrLoadDll+0x99;app!WndProc+0x1;" + Window)]
    [DataRow("waiting on a lock", "1", Wait + "ntdll!RtlpEnterCriticalSectionContended+0x93;app!WndProc+0x1;" + Window)]
    [DataRow("waiting on a lock", "1", Wait + "ntdll!RtlAcquireSRWLockExclusive+0x93;app!WndProc+0x1;" + Window)]
    [DataRow("waiting for a COM call", "1", Wait + "combase!CCliModalLoop::BlockFn+0x19c;app!WndProc+0x1;" + Window)]
    [DataRow("waiting for a remote procedure call", "1", "ntdll!NtAlpcSendWaitReceivePort+0x14;rpcrt4!NdrClientCall3+0xf5;app!WndProc+0x1;" + Window)]
    [DataRow("modal loop", "1", "win32u!NtUserWaitMessage+0x14;USER32!DialogBox2+0x261;USER32!SoftModalMessageBox+0x85b;app!WndProc+0x1;" + Window)]
    [DataRow("nested message pump", "0", "win32u!NtUserGetMessage+0x14;USER32!GetMessageW+0x22;app!WndProc+0x1;" + Window)]
    [DataRow("UI Automation", "1", Wait + "UIAutomationCore!UiaReturnRawElementProvider+0x1;app!WndProc+0x1;" + Window)]
    [DataRow("text services", "1", Wait + "msctf!CCicEvent::Wait+0x15;app!WndProc+0x1;" + Window)]
    [DataRow("entered from a library's entry point, under the loader lock", "5", Wait + "app!WndProc+0x1;" + Window + "ntdll!LdrpCallInitRoutine+0x14;")]
    [DataRow("entered from a modal loop", "5", Wait + "app!WndProc+0x1;" + Window + "USER32!SoftModalMessageBox+0x85b;")]
    [DataRow("waiting for another thread's window", "0", "win32u!NtUserMessageCall+0x14;USER32!SendMessageWorker+0x8e0;app!WndProc+0x1;" + Window)]
    public void A_known_shape_is_named_with_its_frames(string name, string frames, string printed)
    {
        ThreadFinding finding = PrintedStack.Judge(printed + Start);

        HangShape shape = finding.Shapes.SingleOrDefault(shape => shape.Name == name)
            ?? throw new AssertFailedException($"shapes: {string.Join(", ", finding.Shapes.Select(shape => shape.Name))}");
        Assert.AreEqual(frames, string.Join(' ', shape.Frames));
    }

    [TestMethod]
    public void A_sender_in_no_callback_waits_for_another_threads_window()
    {
        ThreadFinding finding = PrintedStack.Judge("win32u!NtUserMessageCall+0x14;USER32!SendMessageWorker+0x8e0;USER32!SendMessageW+0xda;app!main+0x1;" + Start);

        Assert.AreEqual(Verdict.None, finding.Verdict);
        Assert.AreEqual("waiting for another thread's window", finding.Shapes.Single().Name);
    }

    [TestMethod]
    [DataRow(0, "win32u!ZwUserMessageCall+0x14;USER32!SendMessageW+0xda;", DisplayName = "Zw spelling")]
    [DataRow(1, "ntdll!KiFastSystemCallRet;USER32!NtUserMessageCall+0xc;USER32!SendMessageW+0x7f;", DisplayName = "after the fast system call")]
    [DataRow(4, "nt!KiSwapContext+0x76;win32kfull!xxxInterSendMsgEx+0x5;win32kfull!NtUserMessageCall+0x1;nt!KiSystemServiceCopyEnd+0x25;win32u!NtUserMessageCall+0x14;USER32!SendMessageW+0xda;", DisplayName = "with its kernel half")]
    public void A_sender_is_known_in_every_spelling(int frame, string printed) =>
        Assert.AreEqual(frame, PrintedStack.Judge(printed + Start).Shapes.Single().Frames.Single());

    [TestMethod]
    [DataRow("win32u!NtUserMessageCall+0x14;USER32!RealDefWindowProcW+0x53;app!main+0x1;" + Start, DisplayName = "default processing is no sending")]
    [DataRow("ntdll!NtWaitForSingleObject+0x14;ntdll!RtlpEnterCriticalSectionContended+0x93;app!main+0x1;" + Start, DisplayName = "a lock outside any callback")]
    [DataRow("win32u!NtUserGetMessage+0x14;USER32!GetMessageW+0x22;app!main+0x1;" + Start, DisplayName = "an idle pump")]
    [DataRow("app!WndProc+0x1;" + Window + "USER32!DispatchMessageWorker+0x1;" + Start, DisplayName = "the pump further out is not nested")]
    [DataRow("app!WndProc+0x1;ntdll!RtlEnterCriticalSection+0x2001;" + Window + Start, DisplayName = "an export too far away")]
    [DataRow("", DisplayName = "no frames")]
    public void What_no_frame_shows_is_not_said(string printed) => Assert.IsEmpty(PrintedStack.Judge(printed).Shapes);

    [TestMethod]
    public void Purpose_wait_and_origin_are_said_side_by_side()
    {
        ThreadFinding finding = PrintedStack.Judge(
            Wait + "ntdll!RtlEnterCriticalSection+0x10;ntdll!LdrpCallInitRoutine+0x14;USER32!_ClientLoadLibrary+0x66;" + Dispatcher
            + "win32u!NtUserCreateWindowEx+0x14;USER32!MessageBoxW+0x3;" + Start);

        Assert.AreEqual(
            "entry point of a hook library, under the loader lock; waiting on a lock; entered from a modal loop",
            string.Join("; ", finding.Shapes.Select(shape => shape.Name)));
    }

    [TestMethod]
    [DataRow(32)]
    [DataRow(33)]
    [DataRow(64)]
    [DataRow(65)]
    [DataRow(200)]
    public void Any_number_of_rules_is_told_apart(int count)
    {
        ShapeRule[] rules = [.. Enumerable.Range(0, count).Select(i => new ShapeRule(ShapeQuestion.Wait, "id", $"shape {i}", ShapePlace.Inside, new FramePattern($"app!F{i}")))];

        Assert.AreEqual($"shape {count - 1}", FindIn([.. rules], $"app!F{count - 1}").Single().Name);
        Assert.IsEmpty(FindIn([.. rules], $"app!F{count}"));
    }

    [TestMethod]
    public void A_question_is_answered_once_wherever_its_rules_stand()
    {
        ShapeRule first = new(ShapeQuestion.Wait, "id", "first", ShapePlace.Inside, new FramePattern("app!A"));
        ShapeRule between = new(ShapeQuestion.Loop, "id", "between", ShapePlace.Inside, new FramePattern("app!A"));
        ShapeRule second = new(ShapeQuestion.Wait, "id", "second", ShapePlace.Inside, new FramePattern("app!A"));

        Assert.AreEqual("first, between", string.Join(", ", FindIn([first, between, second], "app!A").Select(shape => shape.Name)));
    }

    private static ImmutableArray<HangShape> FindIn(ImmutableArray<ShapeRule> rules, string innermost)
    {
        ThreadStack stack = PrintedStack.Of(innermost + "+0x1;" + Window + Start);
        return new ShapeFinder(rules).Find(stack, new CallbackDetector(new UnknownProcess()).Judge(stack));
    }
}

using System.Text.RegularExpressions;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Signatures;
using KCallbacks.Detection.Tests.RandomStacks;

namespace KCallbacks.Detection.Tests.Signatures;

/// <summary>What a signature is made of, and what must never be in it.</summary>
[TestClass]
public sealed partial class SignatureTests
{
    private const string Start = "KERNEL32!BaseThreadInitThunk+0x14; ntdll!RtlUserThreadStart+0x21";

    [TestMethod]
    [DataRow("ntdll!NtWaitForSingleObject+0x14; KERNELBASE!WaitForSingleObjectEx+0x8e; app!OnPaint+0x10", "object")]
    [DataRow("ntdll!NtWaitForAlertByThreadId+0x14; ntdll!RtlpEnterCriticalSectionContended+0x1; ntdll!RtlEnterCriticalSection+0xf2; app!OnPaint+0x10", "lock")]
    [DataRow("ntdll!NtWaitForSingleObject+0x14; ntdll!LdrpDrainWorkQueue+0x15c; ntdll!LdrLoadDll+0x1; app!OnPaint+0x10", "loader-lock")]
    [DataRow("win32u!NtUserMessageCall+0x14; user32!SendMessageWorker+0x1; user32!SendMessageW+0xda; app!OnPaint+0x10", "send-message")]
    [DataRow("ntdll!NtAlpcSendWaitReceivePort+0x14; rpcrt4!LRPC_CCALL::SendReceive+0x1; app!OnPaint+0x10", "call")]
    [DataRow("ntdll!NtAlpcSendWaitReceivePort+0x14; rpcrt4!NdrClientCall2+0x1; app!OnPaint+0x10", "call")]
    [DataRow("win32u!NtUserGetMessage+0x14; user32!GetMessageW+0x2f; app!OnPaint+0x10", "pump")]
    [DataRow("ntdll!NtDelayExecution+0x14; app!OnPaint+0x10", "sleep")]
    [DataRow("ntdll!NtReadFile+0x14; app!OnPaint+0x10", "io")]
    [DataRow("win32u!NtGdiBitBlt+0x14; gdi32!BitBlt+0x1; app!OnPaint+0x10", "graphics")]
    [DataRow("app!OnPaint+0x10", "running")]
    [DataRow("win32u!NtUserCallTwoParam+0x14; app!OnPaint+0x10", "?")]
    public void The_wait_is_told_by_frames(string inner, string expected) =>
        Assert.AreEqual($"kc1|wndproc|{expected}|app", Of($"{inner}; user32!_fnDWORD+0x33; ntdll!KiUserCallbackDispatcherContinue; win32u!NtUserDispatchMessage+0x14; {Start}").Text);

    [TestMethod]
    [DataRow("App.exe!OnPaint", "app")]
    [DataRow(@"C:\Program Files\Foo Bar\Foo-Bar.dll!OnPaint", "foo_bar")]
    [DataRow("mfc140u!AfxWndProc; app!OnPaint", "app")]
    [DataRow("comctl32!ListView_WndProc", "comctl32")]
    [DataRow("coreclr!UMThunkStub", "?")]
    [DataRow("image00007ff6_12340000!Ordinal7", "?")]
    [DataRow("app_7ff612340000!OnPaint", "app")]
    [DataRow("0x7ff612345678", "?")]
    public void The_handler_is_the_modules_name_alone(string frames, string expected)
    {
        string handler = string.Join("; ", frames.Split("; ").Reverse());

        Assert.AreEqual($"kc1|hook|sleep|{expected}", Of($"ntdll!NtDelayExecution+0x14; {handler}; user32!_fnHkINLPMSG+0x33; ntdll!KiUserCallbackDispatcherContinue; win32u!NtUserGetMessage+0x14; {Start}").Text);
    }

    [TestMethod]
    [DataRow("fnDWORD", "wndproc")]
    [DataRow("fnINLPCREATESTRUCT", "wndproc")]
    [DataRow("fnHkINLPKBDLLHOOKSTRUCT", "hook")]
    [DataRow("ClientCallWinEventProc", "winevent")]
    [DataRow("ClientLoadLibrary", "load-library")]
    [DataRow("ClientThreadSetup", "thread-setup")]
    [DataRow("ClientMonitorEnumProc", "monitor-enum")]
    [DataRow("ClientWaitMessageExMPH", "pump")]
    [DataRow("ClientImmProcessKey", "ime")]
    [DataRow("ClientCopyDDEIn1", "dde")]
    [DataRow("ClientPrinterThunk", "print-driver")]
    [DataRow("xxxClientFreeWindowClassExtraBytes", "class-extra-bytes")]
    [DataRow("ClientCopyImage", "clientcopyimage")]
    public void A_callback_is_told_by_its_family_in_every_spelling(string routine, string expected)
    {
        foreach (string spelling in new[] { $"user32!_{routine}", $"USER32!__{routine}", $"wow64win!whcb{routine}" })
            Assert.StartsWith($"kc1|{expected}|", Of($"ntdll!NtDelayExecution+0x14; app!Handler; {spelling}; ntdll!KiUserCallbackDispatcherContinue; win32u!NtUserGetMessage+0x14; {Start}").Text);
    }

    [TestMethod]
    public void Callbacks_are_told_outermost_first_and_a_recursion_by_its_family()
    {
        Assert.AreEqual("kc1|hook/wndproc|sleep|app", Nested("fnDWORD", "fnHkINLPMSG"));
        Assert.AreEqual("kc1|wndproc/wndproc/wndproc|sleep|app", Nested("fnDWORD", "fnDWORD", "fnDWORD"));
        Assert.AreEqual("kc1|wndproc...|sleep|app", Nested("fnDWORD", "fnDWORD", "fnDWORD", "fnDWORD"));
        Assert.AreEqual("kc1|hook/wndproc...|sleep|app", Nested([.. Enumerable.Repeat("fnDWORD", 20), "fnHkINLPMSG"]));
    }

    [TestMethod]
    public void A_signature_holds_no_number_of_any_kind()
    {
        foreach (Spelling spelling in Spelling.All)
        {
            for (int seed = 0; seed < 100; seed++)
            {
                ThreadStack stack = new NestedStackGenerator(seed, spelling).Build(seed % 8).Stack;
                HangSignature plain = Of(stack);
                HangSignature moved = Of(stack with { Frames = [.. stack.Frames.Select(frame => frame.InstructionPointer == 0 ? frame : frame with { InstructionPointer = frame.InstructionPointer + 0x1234_0000 })] });

                Assert.AreEqual(plain, moved);
                Assert.DoesNotMatchRegex(Digits(), WithoutModules(plain.Text), $"{spelling} {seed}: {plain.Text}");
                Assert.DoesNotMatchRegex(Address(), plain.Finer, $"{spelling} {seed}: {plain.Finer}");
            }
        }
    }

    [TestMethod]
    public void A_number_where_a_name_is_missing_does_not_get_in()
    {
        var callback = new Callback { ApiNumber = 0x4d, Handler = "app+0x1a2b", Address = 0x1234_5678_9abc, Message = new WindowMessage(0xc0de, "registered message 0xc0de", 1, 2) };
        var finding = new ThreadFinding { Thread = new(0), Verdict = Verdict.InCallback, Depth = 1, Reason = "made", BlockedIn = "service 0x1db", Callbacks = [callback] };

        HangSignature signature = HangSignature.Of(HangAnalysis.Of([finding], graph: null, isComplete: true).Threads[0]);

        Assert.AreEqual("kc1|wndproc|?|app|registered|?|?", signature.Finer);
    }

    [TestMethod]
    public void Marks_of_signatures_in_names_are_made_harmless()
    {
        ThreadFinding finding = new() { Thread = new(0), Verdict = Verdict.InCallback, Depth = 1, Reason = "made", Callbacks = [new() { Routine = "user32!__Client|*/?\n", Handler = "a|b/c*?\u202e<script>!f", Frame = 1 }] };

        string text = HangSignature.Of(HangAnalysis.Of([finding], graph: null, isComplete: true).Threads[0]).Text;

        Assert.HasCount(4, text.Split('|'));
        Assert.MatchesRegex(Harmless(), text);
    }

    private static string WithoutModules(string text) => string.Join('|', text.Split('|')[..3]).Replace("kc1", "", StringComparison.Ordinal).Replace("ddein1", "", StringComparison.Ordinal);

    private static string Nested(params string[] routines) => Of(string.Join("; ",
        ["ntdll!NtDelayExecution+0x14", .. routines.SelectMany(routine => new[] { "app!Handler", $"user32!_{routine}", "ntdll!KiUserCallbackDispatcherContinue", "win32u!NtUserMessageCall+0x14" }), Start])).Text;

    private static HangSignature Of(string frames) => Of(PrintedStack.Of(frames));

    private static HangSignature Of(ThreadStack stack) =>
        HangSignature.Of(HangAnalysis.Of([new CallbackDetector(new UnknownProcess()).Judge(stack)], graph: null, isComplete: true).Threads[0]);

    [GeneratedRegex("[0-9]")]
    private static partial Regex Digits();

    [GeneratedRegex("0x[0-9a-f]|[0-9a-f]{8}")]
    private static partial Regex Address();

    [GeneratedRegex("^kc1[|][a-z_*?/.-]+[|][a-z?-]+[|][a-z_?]+$")]
    private static partial Regex Harmless();
}

using System.Collections.Immutable;
using KCallbacks.Detection.Managed;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Managed;

/// <summary>Managed frames explain callbacks that other witnesses show, and clear threads; they never make a callback.</summary>
[TestClass]
public sealed class ManagedEvidenceTests
{
    private const ulong Inner = 0x5000;
    private const ulong Outer = 0x8000;

    /// <summary>As SOS, dotnet-dump and dotnet-stack print the inner end of a managed stack, without addresses and parameters.</summary>
    [TestMethod]
    [DataRow("Monitor.Enter", "System.Threading.Monitor.Enter_Slowpath", "System.Threading.Monitor.Enter", "App.Form.OnPaint")]
    [DataRow("Monitor.Enter", "System.Threading.Monitor.ReliableEnter", "System.Threading.Monitor.Enter", "App.Form.OnPaint")]
    [DataRow("Monitor.Enter", "System.Threading.SynchronizationContext.WaitHelper", "System.Windows.Threading.DispatcherSynchronizationContext.Wait", "System.Threading.SynchronizationContext.InvokeWaitMethodHelper", "System.Threading.Monitor.Enter", "App.Window.MeasureOverride")]
    [DataRow("Monitor.TryEnter", "System.Threading.Monitor.TryEnter_Slowpath", "System.Threading.Monitor.TryEnter", "App.Form.OnPaint")]
    [DataRow("Monitor.Wait", "System.Threading.Monitor.ObjWait", "System.Threading.Monitor.Wait", "App.Form.OnLoad")]
    [DataRow("Lock.Enter", "System.Threading.WaitHandle.WaitOneNoCheck", "System.Threading.Lock.TryEnterSlow", "System.Threading.Lock.Enter", "App.Form.OnLoad")]
    [DataRow("Thread.Join", "System.Threading.Thread.Join", "System.Threading.Thread.Join", "App.Form.OnLoad")]
    [DataRow("Task.Wait", "System.Threading.Monitor.Wait", "System.Threading.ManualResetEventSlim.Wait", "System.Threading.Tasks.Task.SpinThenBlockingWait", "System.Threading.Tasks.Task.InternalWaitCore", "System.Threading.Tasks.Task.Wait", "App.Form.OnLoad")]
    [DataRow("Task.Result", "System.Threading.ManualResetEventSlim.Wait", "System.Threading.Tasks.Task.InternalWaitCore", "System.Threading.Tasks.Task`1[[System.__Canon, System.Private.CoreLib]].GetResultCore", "App.Form.OnLoad")]
    [DataRow("TaskAwaiter.GetResult", "System.Threading.Tasks.Task.InternalWait", "System.Runtime.CompilerServices.TaskAwaiter.HandleNonSuccessAndDebuggerNotification", "System.Runtime.CompilerServices.TaskAwaiter.GetResult", "App.Form.OnLoad")]
    [DataRow("Control.Invoke", "System.Threading.WaitHandle.WaitOneNoCheck", "System.Threading.WaitHandle.WaitOne", "System.Windows.Forms.Control.WaitForWaitHandle", "System.Windows.Forms.Control.MarshaledInvoke", "System.Windows.Forms.Control.Invoke", "App.Worker.Run")]
    [DataRow("Dispatcher.Invoke", "System.Threading.WaitHandle.WaitOne", "System.Windows.Threading.DispatcherOperation+DispatcherOperationEvent.WaitOne", "System.Windows.Threading.DispatcherOperation.Wait", "System.Windows.Threading.Dispatcher.InvokeImpl", "System.Windows.Threading.Dispatcher.Invoke", "App.Worker.Run")]
    [DataRow("WaitHandle.WaitOne", "System.Threading.WaitHandle.WaitOneNoCheck", "System.Threading.WaitHandle.WaitOne", "App.Worker.Run")]
    [DataRow("SemaphoreSlim.Wait", "System.Threading.Monitor.Wait", "System.Threading.SemaphoreSlim.WaitUntilCountOrTimeout", "System.Threading.SemaphoreSlim.Wait", "App.Worker.Run")]
    [DataRow("BlockingCollection.Take", "System.Threading.Monitor.Wait", "System.Threading.SemaphoreSlim.Wait", "System.Collections.Concurrent.BlockingCollection`1[[System.__Canon, System.Private.CoreLib]].TryTakeWithNoTimeValidation", "System.Collections.Concurrent.BlockingCollection`1[[System.__Canon, System.Private.CoreLib]].Take", "App.Worker.Run")]
    [DataRow("ReaderWriterLockSlim.EnterWriteLock", "System.Threading.WaitHandle.WaitOne", "System.Threading.ReaderWriterLockSlim.WaitOnEvent", "System.Threading.ReaderWriterLockSlim.TryEnterWriteLockCore", "System.Threading.ReaderWriterLockSlim.TryEnterWriteLock", "App.Worker.Run")]
    [DataRow("Thread.Sleep", "System.Threading.Thread.Sleep", "App.Worker.Run")]
    [DataRow(null, "System.Windows.Forms.Application+ComponentThreadContext.RunMessageLoop", "App.Program.Main", DisplayName = "a message loop is no wait")]
    [DataRow(null, "App.Native.Read", "System.Threading.Monitor.Enter", "App.Worker.Run", DisplayName = "what runs inside of the wait is the program's own")]
    [DataRow(null, "App.Monitor.Enter", "App.Worker.Run", DisplayName = "a method of the program with the name of a wait")]
    public void The_outermost_of_the_waits_at_the_inner_end_is_what_a_thread_waits_in(string? expected, params string[] methods)
    {
        ThreadFinding finding = Explained(Callback(Outer), 0x1000, methods);

        Assert.AreEqual(expected, finding.Managed!.WaitingIn);
    }

    [TestMethod]
    [DataRow("App.Form.OnPaint", "App.Helper.Draw", "App.Form.OnPaint", "System.Windows.Forms.Control.WmPaint", "System.Windows.Forms.Control.WndProc", "System.Windows.Forms.NativeWindow.Callback", "ILStubClass.IL_STUB_ReversePInvoke")]
    [DataRow("App.Form.WndProc", "System.Windows.Forms.Control.WndProc", "App.Form.WndProc", "System.Windows.Forms.NativeWindow.Callback", "(dynamicClass).IL_STUB_ReversePInvoke")]
    [DataRow("App.Window.MeasureOverride", "App.Window.MeasureOverride", "System.Windows.FrameworkElement.MeasureCore", "MS.Win32.HwndSubclass.SubclassWndProc", "ILStubClass.IL_STUB_ReversePInvoke")]
    [DataRow("System.Windows.Forms.NativeWindow.Callback", "System.Windows.Forms.Control.WndProc", "System.Windows.Forms.NativeWindow.Callback", "ILStubClass.IL_STUB_ReversePInvoke", DisplayName = "where none is the program's, the outermost")]
    public void A_callback_runs_the_outermost_method_that_is_the_programs_own(string expected, params string[] methods) =>
        Assert.AreEqual(expected, Explained(Callback(Outer), 0x1000, methods).Callbacks[0].Handler);

    [TestMethod]
    public void Each_callback_has_the_methods_between_it_and_the_next()
    {
        ThreadFinding nested = Callback(Inner) with { Depth = 2, Callbacks = [.. Callback(Inner).Callbacks, .. Callback(Outer).Callbacks] };
        ImmutableArray<ManagedFrame> frames =
        [
            Method(0x4000, "App.Child.OnCreate"), Method(0x6000, "App.Form.OnLoad"), Method(0x9000, "App.Program.Main"),
        ];

        ThreadFinding finding = CallbackDetector.Explain(nested, Stack(new ManagedStack(frames, IsComplete: true)), default);

        Assert.AreSequenceEqual(["App.Child.OnCreate", "App.Form.OnLoad"], finding.Callbacks.Select(callback => callback.Handler!));
    }

    [TestMethod]
    public void A_callback_in_which_no_managed_code_runs_keeps_its_handler()
    {
        ThreadFinding native = Callback(Inner);
        native = native with { Callbacks = [native.Callbacks[0] with { Handler = "app!WndProc" }] };

        ThreadFinding finding = CallbackDetector.Explain(native, Stack(new ManagedStack([Method(0x9000, "App.Program.Main")], IsComplete: true)), default);

        Assert.AreEqual("app!WndProc", finding.Callbacks[0].Handler);
    }

    [TestMethod]
    public void A_callback_whose_place_is_not_known_takes_none_of_the_methods()
    {
        ThreadFinding walked = Callback(Inner);
        walked = walked with { Callbacks = [walked.Callbacks[0] with { Address = null }] };

        Assert.IsNull(CallbackDetector.Explain(walked, Stack(new ManagedStack([Method(0x4000, "App.Form.OnPaint")], IsComplete: true)), default).Callbacks[0].Handler);
    }

    [TestMethod]
    public void A_wait_of_the_runtime_is_neither_a_message_pump_nor_a_lock_of_the_threads_own()
    {
        ThreadFinding pumping = Callback(Outer) with
        {
            Shapes = [new HangShape("re-entered", "re-entered: waits for a lock that its own outer frame may hold", [1, 3]), new HangShape("lock", "waiting on a lock", [1]), new HangShape("message-pump", "nested message pump", [0])],
        };
        ImmutableArray<StackFrame> frames = [new("win32u", "NtUserMsgWaitForMultipleObjectsEx", 0x14, 1, 0x800), new("System.Private.CoreLib", "System.Threading.Monitor.Enter", 1, 1, 0x1000)];
        var managed = new ManagedStack([Method(0x1000, "System.Threading.Monitor.Enter"), Method(0x2000, "App.Form.OnPaint")], IsComplete: true);

        ThreadFinding finding = CallbackDetector.Explain(pumping, Stack(managed) with { Frames = frames }, default);

        Assert.AreSequenceEqual(["waiting on a lock"], finding.Shapes.Select(shape => shape.Name));
    }

    [TestMethod]
    public void A_message_pump_outside_of_the_wait_stays_one()
    {
        ThreadFinding pumping = Callback(Outer) with { Shapes = [new HangShape("message-pump", "nested message pump", [1])] };
        ImmutableArray<StackFrame> frames = [new("ntdll", "NtDelayExecution", 0x14, 1, 0x800), new("user32", "DispatchMessageW", 1, 1, 0x3000)];
        var managed = new ManagedStack([Method(0x1000, "System.Threading.Thread.Sleep"), Method(0x2000, "App.Form.OnClick")], IsComplete: true);

        Assert.HasCount(1, CallbackDetector.Explain(pumping, Stack(managed) with { Frames = frames }, default).Shapes);
    }

    [TestMethod]
    public void A_wait_for_a_task_inside_a_callback_is_a_shape_of_its_own()
    {
        string[] methods = ["System.Threading.Monitor.Wait", "System.Threading.Tasks.Task.Wait", "App.Form.OnLoad"];

        Assert.AreEqual("sync-over-async", Explained(Callback(Outer), 0x1000, methods).Shapes.Single().Id);
        Assert.IsEmpty(Explained(Callback(Outer) with { Callbacks = [], Depth = 0, Verdict = Verdict.None }, 0x1000, methods).Shapes);
    }

    [TestMethod]
    public void A_thread_in_no_callback_runs_the_outermost_method_that_is_the_programs_own()
    {
        ThreadFinding none = Callback(Outer) with { Callbacks = [], Depth = 0, Verdict = Verdict.None, ProgramFunction = "coreclr+0xd23b0" };

        Assert.AreEqual("App.Worker.Run", Explained(none, 0x1000, ["System.Threading.Thread.Sleep", "App.Worker.Run", "System.Threading.Thread.StartCallback"]).ProgramFunction);
        Assert.AreEqual("coreclr+0xd23b0", Explained(none, 0x1000, ["System.Threading.Thread.Sleep"]).ProgramFunction);
    }

    [TestMethod]
    public void A_thread_that_cannot_be_told_is_cleared_by_a_whole_managed_walk_and_a_whole_stack_without_a_callback()
    {
        ThreadFinding unknown = new() { Thread = new ThreadIdentity(0), Verdict = Verdict.Unknown, Reason = "the walk is lost after code without a name" };
        var searched = new MemoryEvidence { BytesSearched = 0x1000 };
        ThreadStack whole = Stack(new ManagedStack([Method(0x1000, "App.Program.Main")], IsComplete: true));
        ThreadStack cut = Stack(new ManagedStack([Method(0x1000, "App.Program.Main")], IsComplete: false));

        Assert.AreEqual(Verdict.None, CallbackDetector.Explain(unknown, whole, searched).Verdict);
        Assert.AreEqual(Verdict.Unknown, CallbackDetector.Explain(unknown, cut, searched).Verdict, "the managed walk is cut");
        Assert.AreEqual(Verdict.Unknown, CallbackDetector.Explain(unknown, whole, searched with { DepthIsMinimum = true }).Verdict, "the memory ends early");
        Assert.AreEqual(Verdict.Unknown, CallbackDetector.Explain(unknown, whole, default).Verdict, "no memory");
        Assert.AreEqual(Verdict.Unknown, CallbackDetector.Explain(unknown, whole, searched with { Damage = "damaged" }).Verdict, "the stack is damaged");
        Assert.AreEqual(Verdict.Unknown, CallbackDetector.Explain(unknown, whole, searched with { IsAtReturn = true }).Verdict, "it stands at the return of a callback");
        Assert.AreEqual(Verdict.Unknown, CallbackDetector.Explain(unknown, Stack(new ManagedStack([], IsComplete: true)), searched).Verdict, "no managed frames");
    }

    [TestMethod]
    public void A_reverse_call_alone_makes_no_callback()
    {
        ThreadFinding none = new() { Thread = new ThreadIdentity(0), Verdict = Verdict.None, Reason = "none" };
        var managed = new ManagedStack(
            [Method(0x1000, "App.Form.OnPaint"), new ManagedFrame(0x2000, 1, "ILStubClass.IL_STUB_ReversePInvoke", ManagedFrameKind.Stub)], IsComplete: true);

        ThreadFinding finding = CallbackDetector.Explain(none, Stack(managed), default);

        Assert.AreEqual((Verdict.None, 0), (finding.Verdict, finding.Depth));
    }

    private static ThreadFinding Explained(ThreadFinding finding, ulong first, string[] methods)
    {
        ManagedFrame[] frames = [.. methods.Select((name, i) => Method(first + ((ulong)i * 0x100), name))];
        return CallbackDetector.Explain(finding, Stack(new ManagedStack([.. frames], IsComplete: true)), default);
    }

    private static ManagedFrame Method(ulong stackPointer, string name) =>
        new(stackPointer, 0x6800_0000 + stackPointer, name, ManagedName.KindOf(name));

    private static ThreadStack Stack(ManagedStack managed) => new() { Thread = new ThreadIdentity(0), Managed = managed };

    private static ThreadFinding Callback(ulong address) => new()
    {
        Thread = new ThreadIdentity(0),
        Verdict = Verdict.InCallback,
        Depth = 1,
        Reason = "a callback",
        Callbacks = [new Callback { Routine = "user32!__fnDWORD", Address = address, Evidence = EvidenceSource.Memory }],
    };
}

using System.Collections.Immutable;
using KCallbacks.Detection.Managed;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Tests.Memory;

namespace KCallbacks.Detection.Tests.Managed;

/// <summary>Objects on the stack of a wait say which thread must let go, where they leave no choice.</summary>
[TestClass]
public sealed class ManagedOwnersTests
{
    private const ulong Stack = 0x10_0000;
    private const uint Waiter = 0x10;
    private const uint Other = 0x20;

    private static readonly string[] Invoke =
    [
        "System.Threading.WaitHandle.WaitOne", "System.Windows.Forms.Control.WaitForWaitHandle", "System.Windows.Forms.Control.MarshaledInvoke", "System.Windows.Forms.Control.Invoke", "App.Worker.Run",
    ];

    private static readonly string[] Dispatch =
    [
        "System.Threading.WaitHandle.WaitOne", "System.Windows.Threading.DispatcherOperation+DispatcherOperationEvent.WaitOne", "System.Windows.Threading.DispatcherOperation.Wait",
        "System.Windows.Threading.Dispatcher.InvokeImpl", "System.Windows.Threading.Dispatcher.Invoke", "App.Worker.Run",
    ];

    private static readonly string[] Join = ["System.Threading.Thread.Join", "App.Form.OnLoad"];

    private readonly Heap _heap = new();

    [TestMethod]
    public void The_thread_whose_object_a_join_keeps_is_the_one_that_is_joined()
    {
        ulong joined = _heap.Thread(Other);

        Assert.AreEqual(Other, Complete(Join, joined).Joins);
        Assert.AreEqual(Other, Complete(Join, joined, joined, _heap.Thread(Waiter)).Joins, "the waiter itself does not count");
        Assert.IsNull(Complete(Join, joined, _heap.Thread(0x30)).Joins, "two threads");
        Assert.IsNull(Complete(Join, _heap.Object("System.Object", 1)).Joins, "none");
        Assert.IsNull(Complete(["System.Threading.Thread.Sleep", "App.Form.OnLoad"], joined).Joins, "it waits for none");
    }

    [TestMethod]
    public void The_dispatcher_of_the_operation_that_is_waited_for_names_its_thread()
    {
        ulong dispatcher = _heap.Object("System.Windows.Threading.Dispatcher", 0, _heap.Thread(Other), 7);
        ulong operation = _heap.Object("System.Windows.Threading.DispatcherOperation", 0, dispatcher, _heap.Object("System.Action"));
        ulong own = _heap.Object("System.Windows.Threading.Dispatcher", _heap.Thread(Waiter));

        Assert.AreEqual(Other, Complete(Dispatch, operation, dispatcher).Invocation?.Thread);
        Assert.AreEqual(Other, Complete(Dispatch, operation, own).Invocation?.Thread, "another dispatcher on the stack does not matter");
        Assert.AreEqual(Other, Complete(Dispatch, dispatcher).Invocation?.Thread, "no operation is kept");
        Assert.IsNull(Complete(Dispatch, dispatcher, own).Invocation, "two dispatchers and no operation");
        Assert.IsNull(Complete(Dispatch).Invocation, "nothing");
        Assert.IsNull(Complete(Join, operation).Invocation, "it waits for something else");
    }

    [TestMethod]
    public void What_is_handed_to_a_control_names_the_numbers_among_which_its_window_is()
    {
        ulong window = _heap.Object("System.Windows.Forms.Control+ControlNativeWindow", 0x100, 0x1_0238, 0x2_0000_0000, 0x1_0238);
        ulong control = _heap.Object("App.MainForm", 3, window);
        ulong entry = _heap.Object("System.Windows.Forms.Control+ThreadMethodEntry", control, control, _heap.Object("System.Action"));

        Assert.AreSequenceEqual([0x1_0238UL], Complete(Invoke, entry, entry).Invocation!.Windows);
        Assert.IsNull(Complete(Invoke, control).Invocation, "nothing says that it was handed over");
        Assert.IsNull(Complete(Invoke, entry, _heap.Object("System.Windows.Forms.Control+ThreadMethodEntry", control)).Invocation, "two of them");
    }

    [TestMethod]
    [DataRow("System.Windows.Forms.WindowsFormsSynchronizationContext", true)]
    [DataRow("System.Windows.Threading.DispatcherSynchronizationContext", true)]
    [DataRow("System.Threading.SynchronizationContext", false)]
    [DataRow("App.WindowsFormsSynchronizationContext", false)]
    public void A_thread_with_windows_has_a_context_of_its_own(string context, bool expected) =>
        Assert.AreEqual(expected, CompleteOf(_heap.Thread(Waiter, _heap.Object(context)), Join).IsUiThread);

    [TestMethod]
    public void A_context_that_may_have_come_from_another_thread_tells_nothing()
    {
        ulong flowed = _heap.Object("System.Threading.ExecutionContext", 0, _heap.Object("System.Windows.Forms.WindowsFormsSynchronizationContext"));

        Assert.IsNull(CompleteOf(_heap.Thread(Waiter, flowed), Join).IsUiThread);
        Assert.IsFalse(CompleteOf(_heap.Thread(Waiter, _heap.Object("System.Threading.ExecutionContext", 0)), Join).IsUiThread);
    }

    [TestMethod]
    public void A_thread_whose_object_is_not_found_is_neither() => Assert.IsNull(CompleteOf(0, Join).IsUiThread);

    private ManagedStack Complete(string[] methods, params ReadOnlySpan<ulong> words) => CompleteOf(0, methods, words);

    private ManagedStack CompleteOf(ulong thread, string[] methods, params ReadOnlySpan<ulong> words)
    {
        _heap.OfWaiter = thread;
        byte[] stack = new byte[0x1000];
        for (int i = 0; i < words.Length; i++)
            BitConverter.TryWriteBytes(stack.AsSpan(0x10 + (i * 8)), words[i]);
        ImmutableArray<ManagedFrame> frames = [.. methods.Select((name, i) => new ManagedFrame(Stack + ((ulong)i * 0x100), 1, name, ManagedFrameKind.Method))];
        return new ManagedOwners(_heap, _heap.Process.WithMemory(Stack, stack)).Complete(new ManagedStack(frames, IsComplete: true), Waiter);
    }

    private sealed class Heap : IManagedObjects
    {
        private const ulong Records = 0x7000_0000;

        private readonly Dictionary<ulong, ManagedObject> _objects = [];
        private ulong _free = 0x2_0000_0000;

        public SyntheticProcess Process { get; } = new();

        public ulong OfWaiter { get; set; }

        public ulong Object(string type, params ReadOnlySpan<ulong> fields)
        {
            ulong address = _free;
            byte[] bytes = new byte[8 + (fields.Length * 8)];
            for (int i = 0; i < fields.Length; i++)
                BitConverter.TryWriteBytes(bytes.AsSpan(8 + (i * 8)), fields[i]);
            Process.WithMemory(address, bytes);
            _objects[address] = new ManagedObject(address, type, (uint)bytes.Length);
            _free += 0x1000;
            return address;
        }

        public ulong Thread(uint systemId, ulong context = 0) => Object("System.Threading.Thread", context, 5, Records + systemId);

        public ManagedObject? At(ulong address) => _objects.GetValueOrDefault(address);

        public uint? ThreadAt(ulong record) => record is > Records and < Records + 0x100 ? (uint)(record - Records) : null;

        public ulong? ThreadObjectOf(uint systemId) => systemId == Waiter && OfWaiter != 0 ? OfWaiter : null;
    }
}

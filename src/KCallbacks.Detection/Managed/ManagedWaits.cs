namespace KCallbacks.Detection.Managed;

/// <summary>The calls of the class library in which threads wait, by the names of their methods in all versions of .NET.</summary>
internal static class ManagedWaits
{
    /// <summary>The name of a wait for a lock, of which the runtime knows the owner.</summary>
    public const string LockName = "Monitor.Enter";

    /// <summary>The name of a wait for a lock that may end without it.</summary>
    public const string TryLockName = "Monitor.TryEnter";

    /// <summary>The name of a wait for the pulse of an object, which no thread owes.</summary>
    public const string PulseName = "Monitor.Wait";

    /// <summary>The name of a wait for the end of a thread.</summary>
    public const string JoinName = "Thread.Join";

    /// <summary>The name of a wait that time ends.</summary>
    public const string SleepName = "Thread.Sleep";

    /// <summary>Methods by the beginning of <c>Type.Method</c>, and what the wait is called.</summary>
    private static readonly (string Method, string Name)[] Waits =
    [
        ("Monitor.Enter", LockName),
        ("Monitor.ReliableEnter", LockName),
        ("Monitor.TryEnter", TryLockName),
        ("Monitor.TryEnter_Slowpath", TryLockName),
        ("Monitor.Wait", PulseName),
        ("Monitor.ObjWait", PulseName),
        ("Lock.Enter", "Lock.Enter"),
        ("Lock.TryEnter", "Lock.Enter"),
        ("Thread.Join", JoinName),
        ("Thread.JoinInternal", JoinName),
        ("Thread.Sleep", SleepName),
        ("Thread.SleepInternal", SleepName),
        ("Task.Wait", "Task.Wait"),
        ("Task.InternalWait", "Task.Wait"),
        ("Task.WaitAll", "Task.WaitAll"),
        ("Task.WaitAny", "Task.WaitAny"),
        ("Task`1.get_Result", "Task.Result"),
        ("Task`1.GetResultCore", "Task.Result"),
        ("TaskAwaiter.GetResult", "TaskAwaiter.GetResult"),
        ("TaskAwaiter.HandleNonSuccessAndDebuggerNotification", "TaskAwaiter.GetResult"),
        ("TaskAwaiter`1.GetResult", "TaskAwaiter.GetResult"),
        ("ConfiguredTaskAwaiter.GetResult", "TaskAwaiter.GetResult"),
        ("ConfiguredTaskAwaiter`1.GetResult", "TaskAwaiter.GetResult"),
        ("ValueTaskAwaiter.GetResult", "TaskAwaiter.GetResult"),
        ("ValueTaskAwaiter`1.GetResult", "TaskAwaiter.GetResult"),
        ("WaitHandle.WaitOne", "WaitHandle.WaitOne"),
        ("WaitHandle.InternalWaitOne", "WaitHandle.WaitOne"),
        ("WaitHandle.WaitAny", "WaitHandle.WaitAny"),
        ("WaitHandle.WaitAll", "WaitHandle.WaitAll"),
        ("WaitHandle.WaitMultiple", "WaitHandle.WaitAny"),
        ("WaitHandle.SignalAndWait", "WaitHandle.SignalAndWait"),
        ("ManualResetEventSlim.Wait", "ManualResetEventSlim.Wait"),
        ("SemaphoreSlim.Wait", "SemaphoreSlim.Wait"),
        ("CountdownEvent.Wait", "CountdownEvent.Wait"),
        ("Barrier.SignalAndWait", "Barrier.SignalAndWait"),
        ("SpinWait.SpinUntil", "SpinWait.SpinUntil"),
        ("ReaderWriterLockSlim.TryEnterReadLock", "ReaderWriterLockSlim.EnterReadLock"),
        ("ReaderWriterLockSlim.EnterReadLock", "ReaderWriterLockSlim.EnterReadLock"),
        ("ReaderWriterLockSlim.TryEnterWriteLock", "ReaderWriterLockSlim.EnterWriteLock"),
        ("ReaderWriterLockSlim.EnterWriteLock", "ReaderWriterLockSlim.EnterWriteLock"),
        ("ReaderWriterLock.AcquireReaderLock", "ReaderWriterLock.AcquireReaderLock"),
        ("ReaderWriterLock.AcquireWriterLock", "ReaderWriterLock.AcquireWriterLock"),
        ("BlockingCollection`1.Take", "BlockingCollection.Take"),
        ("BlockingCollection`1.TryTake", "BlockingCollection.Take"),
        ("BlockingCollection`1.Add", "BlockingCollection.Add"),
        ("Control.Invoke", "Control.Invoke"),
        ("Control.MarshaledInvoke", "Control.Invoke"),
        ("Control.WaitForWaitHandle", "Control.Invoke"),
        ("Control.EndInvoke", "Control.EndInvoke"),
        ("Dispatcher.Invoke", "Dispatcher.Invoke"),
        ("Dispatcher.InvokeImpl", "Dispatcher.Invoke"),
        ("Dispatcher.LegacyInvokeImpl", "Dispatcher.Invoke"),
        ("DispatcherOperation.Wait", "DispatcherOperation.Wait"),
        ("WindowsFormsSynchronizationContext.Send", "SynchronizationContext.Send"),
        ("DispatcherSynchronizationContext.Send", "SynchronizationContext.Send"),
        ("Process.WaitForExit", "Process.WaitForExit"),
    ];

    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> NamesByMethod =
        Waits.ToDictionary(wait => wait.Method, wait => wait.Name).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What carries a wait out, in which no program waits by itself.</summary>
    private static readonly string[] Plumbing = ["System.Threading.", "System.Runtime.", "System.Windows.Threading.", "System.Private.", "System.Collections.Concurrent.", "Interop", "MS.Internal."];

    /// <summary>What a method waits for; null when it is no wait.</summary>
    /// <param name="name">Its whole name.</param>
    public static string? NameOf(string name) =>
        NamesByMethod.TryGetValue(WithoutSlowPath(ManagedName.Short(ManagedName.WithoutArguments(name))), out string? wait) ? wait : null;

    /// <summary>Whether a wait is one to enter the lock of an object.</summary>
    public static bool EntersLock(string wait) => wait is LockName or TryLockName;

    /// <summary>Whether a wait is one for a task.</summary>
    public static bool IsForTask(string wait) => wait.StartsWith("Task", StringComparison.Ordinal);

    /// <summary>Whether a wait is one for another thread to run something that was handed to it.</summary>
    public static bool IsForOtherThread(string wait) =>
        wait is "Control.Invoke" or "Control.EndInvoke" or "Dispatcher.Invoke" or "DispatcherOperation.Wait" or "SynchronizationContext.Send";

    /// <summary>Whether a wait goes on when the time of a single call is over: WinForms looks every second whether the other thread still runs.</summary>
    public static bool IsRepeated(string wait) => wait is "Control.Invoke" or "SynchronizationContext.Send";

    /// <summary>Whether a method may stand between a wait and what carries it out.</summary>
    public static bool IsPlumbing(string name) => Array.Exists(Plumbing, part => name.StartsWith(part, StringComparison.Ordinal));

    /// <summary>Newer versions split a method into a fast and a slow part.</summary>
    private static ReadOnlySpan<char> WithoutSlowPath(ReadOnlySpan<char> name) =>
        name.EndsWith("_Slowpath", StringComparison.Ordinal) ? name[..^"_Slowpath".Length] : name;
}

namespace KCallbacks.Detection.Waits;

/// <summary>What kind of thing a thread waits for.</summary>
public enum WaitKind
{
    /// <summary>The thread waits, but nothing shows for what.</summary>
    Unknown,

    /// <summary>A critical section (<c>RTL_CRITICAL_SECTION</c>).</summary>
    CriticalSection,

    /// <summary>The critical section of the loader, which is held while libraries are loaded.</summary>
    LoaderLock,

    /// <summary>A slim reader/writer lock (<c>SRWLOCK</c>), which records no owner.</summary>
    SlimLock,

    /// <summary>A condition variable.</summary>
    ConditionVariable,

    /// <summary>A value in memory that another thread must change (<c>WaitOnAddress</c>).</summary>
    Address,

    /// <summary>A keyed event: the wait of locks before Windows 8.</summary>
    KeyedEvent,

    /// <summary>A mutex, which the kernel calls mutant.</summary>
    Mutex,

    /// <summary>A resource of the kernel (<c>ERESOURCE</c>).</summary>
    Resource,

    /// <summary>A fast or guarded mutex of the kernel.</summary>
    FastMutex,

    /// <summary>The lock of an object of .NET (<c>Monitor</c>).</summary>
    Monitor,

    /// <summary>A reader/writer lock of .NET.</summary>
    ReaderWriterLock,

    /// <summary>A task of .NET.</summary>
    Task,

    /// <summary>What was handed to a thread with windows to run there (<c>Control.Invoke</c>, <c>Dispatcher.Invoke</c>).</summary>
    Invocation,

    /// <summary>An event.</summary>
    Event,

    /// <summary>A semaphore.</summary>
    Semaphore,

    /// <summary>The end of a thread.</summary>
    Thread,

    /// <summary>The end of a process.</summary>
    Process,

    /// <summary>A timer.</summary>
    Timer,

    /// <summary>The answer to a message that was sent to another thread's window.</summary>
    WindowMessage,

    /// <summary>The answer to a call to another apartment or process: COM, RPC, ALPC.</summary>
    Call,

    /// <summary>A kernel object of another or unknown type.</summary>
    KernelObject,

    /// <summary>Input or messages: the thread is in its message loop.</summary>
    Input,

    /// <summary>Nothing but time.</summary>
    Sleep,

    /// <summary>A file, device or completion port.</summary>
    InputOutput,

    /// <summary>Work: an idle thread of a pool.</summary>
    Work,
}

namespace KCallbacks.Detection.Frames;

/// <summary>The part a frame plays in the story of a callback, as far as its name tells.</summary>
internal enum FrameRole : byte
{
    /// <summary>No name, and no address that can be code: a word the walker took for a return address.</summary>
    NoCode,

    /// <summary>Code without a function name.</summary>
    Unnamed,

    /// <summary>Named user code without a part.</summary>
    Code,

    /// <summary>Return from, or entry to, a system call shared by all stubs, which says nothing of its own.</summary>
    FastSystemCall,

    /// <summary>The stub of a system call.</summary>
    SystemCall,

    /// <summary>The stub of a system call into the window manager or the graphics device interface, which issue the callbacks.</summary>
    GraphicalCall,

    /// <summary>Where an asynchronous procedure call or an exception enters user mode, also from within a system call.</summary>
    OtherDispatcher,

    /// <summary>The stub with which a callback ends.</summary>
    CallbackReturn,

    /// <summary>A routine of <c>PEB.KernelCallbackTable</c>, named with the underscore that only these have.</summary>
    Routine,

    /// <summary>A name that fits a routine when the dispatcher is directly below, and nothing otherwise.</summary>
    RoutineIfDispatched,

    /// <summary>Code between the dispatcher and the routine while control flow guard checks the call.</summary>
    Forwarder,

    /// <summary>Return into the callback dispatcher.</summary>
    Dispatcher,

    /// <summary>The 64-bit code that starts a callback in the 32-bit half of a WoW64 thread.</summary>
    Wow64Dispatcher,

    /// <summary>The kernel function that left the kernel for the callback and waits for its return.</summary>
    KernelCallout,

    /// <summary>Kernel code through which user mode entered the kernel.</summary>
    KernelEntry,

    /// <summary>Other kernel code.</summary>
    Kernel,

    /// <summary>The code with which every thread in user mode begins.</summary>
    ThreadStart,

    /// <summary>The code with which a thread of the system begins, which has no user half, or the idle loop.</summary>
    SystemThreadStart,
}

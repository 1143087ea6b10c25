namespace KCallbacks.Detection.Frames;

/// <summary>How a frame proves a callback, the weakest first.</summary>
internal enum FrameProof
{
    /// <summary>The dispatcher's name on the innermost user frame, which may be another function's nearest export.</summary>
    InnermostDispatcher,

    /// <summary>The stub of the callback's return, without a dispatcher further out.</summary>
    ReturnStubByName,

    /// <summary>Code further in than the stub of a window or graphics call, which nothing but a callback enters, without a dispatcher's name between.</summary>
    ReenteredSystemCall,

    /// <summary>The routine's name, without a dispatcher further out.</summary>
    RoutineOnly,

    /// <summary>WoW64's start of a callback, without a 64-bit dispatcher further out.</summary>
    Wow64Dispatcher,

    /// <summary>The dispatcher's name, without a displacement or with one that is no known return.</summary>
    DispatcherName,

    /// <summary>The dispatcher at the displacement of a known return.</summary>
    ReturnDisplacement,

    /// <summary>The kernel's callout frame; the user half is missing.</summary>
    KernelCallout,

    /// <summary>The dispatcher with the routine's symbol above it, or by a label that only symbol files have.</summary>
    Symbols,
}

/// <summary>One callback that walked frames show.</summary>
/// <param name="Frame">Index of the frame that shows it: the dispatcher's, or the one that stands for it.</param>
/// <param name="Routine">Index of the routine's frame; -1 when no frame names it.</param>
/// <param name="Entry">Index of the frame of the system call it was entered through; -1 when no frame names it.</param>
/// <param name="Handler">Index of the frame of the application's code that the routine runs; -1 when none is printed.</param>
/// <param name="Proof">What the frame proves.</param>
internal readonly record struct WalkedCallback(int Frame, int Routine, int Entry, int Handler, FrameProof Proof);

namespace KCallbacks.Detection.Frames;

/// <summary>How much of a thread's user stack the frames show, the least first.</summary>
internal enum WalkCoverage
{
    /// <summary>No frames.</summary>
    Nothing,

    /// <summary>Kernel frames only, of a thread that has a user half.</summary>
    KernelOnly,

    /// <summary>Kernel frames with names, and user frames without.</summary>
    UserHalfNameless,

    /// <summary>Frames without names only.</summary>
    NoNames,

    /// <summary>A frame in ntdll without a name, which may be the dispatcher.</summary>
    NamelessNtdll,

    /// <summary>Nothing further out than code without a name is named, so the walk may have lost its way there.</summary>
    LostBehindNamelessCode,

    /// <summary>Neighbours of which one cannot have called the other, so frames between them are missing.</summary>
    Broken,

    /// <summary>Named frames that end before the thread's start.</summary>
    EndsEarly,

    /// <summary>Named frames down to the thread's start.</summary>
    ToThreadStart,

    /// <summary>A thread of the system, which has no user half.</summary>
    SystemThread,
}

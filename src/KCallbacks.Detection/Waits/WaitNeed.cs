namespace KCallbacks.Detection.Waits;

/// <summary>What of a thread must be at hand, beside its registers, to tell what it waits for.</summary>
internal enum WaitNeed
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>The arguments of its system call that lie on the stack.</summary>
    Arguments,

    /// <summary>The frames of the lock function that made the call, and their part of the stack.</summary>
    Frames,
}

namespace KCallbacks.Detection.Model;

/// <summary>How far the frames of a thread go.</summary>
public enum WalkExtent
{
    /// <summary>No walk was made; only memory can tell.</summary>
    NotWalked,

    /// <summary>The walk reached the thread's start, as far as the target can say.</summary>
    Complete,

    /// <summary>Frames are missing at the outer end: a frame limit, an excerpt, a broken chain.</summary>
    Truncated,

    /// <summary>The walk was tried and gave nothing, for example because the stack is paged out.</summary>
    Failed,

    /// <summary>Not a walk: words of the stack that look like return addresses.</summary>
    RawScan,
}

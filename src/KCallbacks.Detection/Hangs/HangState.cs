namespace KCallbacks.Detection.Hangs;

/// <summary>What a target's threads add up to, the worst last.</summary>
public enum HangState
{
    /// <summary>Nothing worse was seen, but threads could not be judged, or the scan was cut short.</summary>
    Unclear,

    /// <summary>Every thread with windows was judged and waits for messages.</summary>
    Idle,

    /// <summary>A thread with windows runs code.</summary>
    Busy,

    /// <summary>A thread with windows, or one in a callback, waits for something other than messages; it may be a wait of a millisecond.</summary>
    Blocked,

    /// <summary>In two captures a thread with windows stands in the same wait.</summary>
    Stuck,

    /// <summary>Threads wait for each other in a circle.</summary>
    Deadlock,
}

namespace KCallbacks.Detection.Hangs;

/// <summary>What a thread does at the moment of the capture.</summary>
public enum ThreadActivity
{
    /// <summary>Nothing shows it, or it stands in a system call of which it is not known whether it waits.</summary>
    Unknown,

    /// <summary>It waits for an object, a thread or work.</summary>
    Waits,

    /// <summary>It waits for messages, perhaps for other things too, and answers those that are sent to it.</summary>
    Pumps,

    /// <summary>It waits for time to pass.</summary>
    Sleeps,

    /// <summary>It runs code.</summary>
    Runs,

    /// <summary>It is at ZwCallbackReturn: the innermost callback is about to end.</summary>
    Returning,
}

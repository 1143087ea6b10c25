namespace KCallbacks.Detection.Model;

/// <summary>What is said of a thread.</summary>
public enum Verdict
{
    /// <summary>The thread could not be judged; the reason says why.</summary>
    Unknown,

    /// <summary>The thread is in no kernel-to-user callback.</summary>
    None,

    /// <summary>The callback dispatcher is on the thread's stack.</summary>
    InCallback,

    /// <summary>The innermost user frame is ZwCallbackReturn, NtCallbackReturn or XyCallbackReturn.</summary>
    AtReturn,
}

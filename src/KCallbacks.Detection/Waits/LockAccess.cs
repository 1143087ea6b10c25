namespace KCallbacks.Detection.Waits;

/// <summary>How a lock of readers and writers is taken.</summary>
public enum LockAccess
{
    /// <summary>By one thread alone.</summary>
    Exclusive,

    /// <summary>With others that read.</summary>
    Shared,
}

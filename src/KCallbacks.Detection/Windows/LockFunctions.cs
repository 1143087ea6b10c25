using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Windows;

/// <summary>The functions in which threads wait for locks of user mode.</summary>
internal enum LockFunction
{
    /// <summary>None of them: the thread waits for no such lock, whatever its registers hold.</summary>
    None,

    /// <summary>Enters a critical section.</summary>
    CriticalSection,

    /// <summary>Acquires a slim lock.</summary>
    SlimLock,

    /// <summary>Sleeps on a condition variable.</summary>
    ConditionVariable,

    /// <summary>Waits on an address.</summary>
    Address,

    /// <summary>Waits until another thread has loaded its libraries.</summary>
    LoaderWork,
}

/// <summary>Knows the functions by name.</summary>
internal static class LockFunctions
{
    /// <summary>The function by which programs enter a critical section, whose argument is its address.</summary>
    public const string EnterCriticalSection = "RtlEnterCriticalSection";

    /// <summary>The function of kernelbase that waits for one object, whose handle is its first argument.</summary>
    public const string WaitForObject = "WaitForSingleObjectEx";

    /// <summary>Whether a function waits for one object, whose handle is its first argument.</summary>
    public static bool IsWaitForObject(FunctionName name) => name.Is("WaitForSingleObject") || name.Is(WaitForObject);

    /// <summary>Whether a function acquires a slim lock to be shared; null for one that tells neither.</summary>
    public static bool? IsShared(FunctionName name) =>
        StartsWithEither(name, "RtlAcquireSRWLockShared", "RtlpAcquireSRWLockShared") ? true
        : StartsWithEither(name, "RtlAcquireSRWLockExclusive", "RtlpAcquireSRWLockExclusive") ? false
        : null;

    /// <summary>Which it is, by a name in ntdll.</summary>
    public static LockFunction OfName(FunctionName name)
    {
        if (name.Is(EnterCriticalSection) || name.StartsWith("RtlpEnterCriticalSection"))
            return LockFunction.CriticalSection;
        if (name.Is("RtlpWaitOnCriticalSection") || name.Is("RtlpWaitForCriticalSection"))
            return LockFunction.CriticalSection;
        if (name.StartsWith("RtlAcquireSRWLock") || name.StartsWith("RtlpAcquireSRWLock"))
            return LockFunction.SlimLock;
        if (name.StartsWith("RtlSleepConditionVariable") || name.StartsWith("RtlpSleepConditionVariable"))
            return LockFunction.ConditionVariable;
        if (name.StartsWith("RtlWaitOnAddress") || name.StartsWith("RtlpWaitOnAddress"))
            return LockFunction.Address;
        return name.Is("LdrpDrainWorkQueue") ? LockFunction.LoaderWork : LockFunction.None;
    }

    private static bool StartsWithEither(FunctionName name, string first, string second) => name.StartsWith(first) || name.StartsWith(second);
}

using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Windows;

/// <summary>The locks of the kernel that are no objects with handles.</summary>
internal enum KernelLock
{
    /// <summary>None.</summary>
    None,

    /// <summary><c>ERESOURCE</c>, which records its owners.</summary>
    Resource,

    /// <summary>A fast or guarded mutex, which records its owner.</summary>
    FastMutex,

    /// <summary>A push lock, which records no owner.</summary>
    PushLock,
}

/// <summary>The functions of the kernel in which threads wait for them (exports and public symbols of ntoskrnl), and where they lie.</summary>
internal static class KernelLocks
{
    /// <summary>Offset of the event on which threads wait for a fast mutex (FAST_MUTEX of wdm.h: count, owner, contention, event), on 64-bit Windows.</summary>
    public const ulong EventOfFastMutex = 0x18;

    /// <summary>Which lock a function of the kernel waits for.</summary>
    public static KernelLock OfName(FunctionName name)
    {
        if (name.Is("ExpWaitForResource") || name.StartsWith("ExAcquireResource") || name.StartsWith("ExpAcquireResource"))
            return KernelLock.Resource;
        if (name.StartsWith("ExAcquireFastMutex") || name.StartsWith("ExpAcquireFastMutex")
            || name.StartsWith("KeAcquireGuardedMutex") || name.StartsWith("KiAcquireGuardedMutex"))
        {
            return KernelLock.FastMutex;
        }

        return name.StartsWith("ExfAcquirePushLock") || name.StartsWith("ExAcquirePushLock") || name.StartsWith("ExpAcquirePushLock")
            ? KernelLock.PushLock
            : KernelLock.None;
    }
}

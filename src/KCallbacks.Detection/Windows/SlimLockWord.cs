namespace KCallbacks.Detection.Windows;

/// <summary>The value of an SRWLOCK (public types of ntdll): flags, and above them a count of readers or a pointer to those that wait.</summary>
internal static class SlimLockWord
{
    /// <summary>Set while anyone holds the lock.</summary>
    public const ulong Locked = 1;

    /// <summary>Set while anyone waits; then the rest points at the newest waiter's block on its stack.</summary>
    public const ulong Waiting = 2;

    /// <summary>Set while several readers hold the lock and others wait.</summary>
    public const ulong ManyReaders = 8;

    /// <summary>All flags.</summary>
    public const ulong Flags = 0xf;

    /// <summary>Where the count of readers begins while nobody waits.</summary>
    public const int ReadersShift = 4;
}

namespace KCallbacks.Detection.Windows;

/// <summary>The block that a thread in the wait of an SRWLOCK keeps on its stack: read from ntdll 19041, 20348 and 26100 on x64.</summary>
internal static class SlimLockBlock
{
    /// <summary>The first build whose code was read.</summary>
    public const int FirstBuild = 19041;

    /// <summary>Offset of the pointer to the block of the thread that came before.</summary>
    public const uint Older = 0x0;

    /// <summary>Offset of the thread's system id.</summary>
    public const uint ThreadId = 0x18;

    /// <summary>Offset of the count of readers, which in the oldest block tells how the lock was held when its thread came.</summary>
    public const uint ShareCount = 0x20;

    /// <summary>The counts that mean: exclusively.</summary>
    public static bool IsExclusive(uint shareCount) => (int)shareCount is -1 or -2;
}

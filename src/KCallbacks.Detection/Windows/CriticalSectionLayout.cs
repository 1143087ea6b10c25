namespace KCallbacks.Detection.Windows;

/// <summary>
/// RTL_CRITICAL_SECTION, as public types of ntdll 17763 have it and the code of 13 builds from 7600 to 26100 uses it. In x86 and x64
/// processes the order is the same.
/// </summary>
/// <param name="PointerSize">Bytes of a pointer.</param>
internal readonly record struct CriticalSectionLayout(uint PointerSize)
{
    /// <summary>The lowest bit of LockCount is clear while the section is locked (Windows Server 2003 SP1 and later).</summary>
    public const int UnlockedBit = 1;

    /// <summary>The next one is clear once a waiting thread has been woken.</summary>
    public const int NotWokenBit = 2;

    /// <summary>The rest of LockCount, inverted, is the number of waiting threads.</summary>
    public const int WaitersShift = 2;

    /// <summary>More threads than any process has.</summary>
    public const int MostWaiters = 0x1_0000;

    /// <summary>Builds before this count in LockCount itself: -1 is free, n are n waiting threads.</summary>
    public const int FirstBuildWithBits = 3790;

    /// <summary>Offset of the section's address in RTL_CRITICAL_SECTION_DEBUG.</summary>
    public uint BackPointer => PointerSize;

    /// <summary>Offset of LockCount; DebugInfo comes before it.</summary>
    public uint LockCount => PointerSize;

    /// <summary>Offset of RecursionCount.</summary>
    public uint RecursionCount => PointerSize + 4;

    /// <summary>Offset of OwningThread.</summary>
    public uint OwningThread => PointerSize + 8;

    /// <summary>Offset of LockSemaphore.</summary>
    public uint LockSemaphore => (2 * PointerSize) + 8;

    /// <summary>Offset of SpinCount.</summary>
    public uint SpinCount => (3 * PointerSize) + 8;

    /// <summary>Bytes of the structure.</summary>
    public uint Size => (4 * PointerSize) + 8;
}

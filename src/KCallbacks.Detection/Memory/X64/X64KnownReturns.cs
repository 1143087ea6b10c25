using System.Collections.Frozen;

namespace KCallbacks.Detection.Memory.X64;

/// <summary>
/// Where the dispatcher's call to the routine returns to in builds of the x64 ntdll that were seen: a witness for dumps that hold
/// neither images nor symbols. Offsets from the start of the image.
/// </summary>
internal static class X64KnownReturns
{
    private static readonly FrozenSet<ulong> Offsets = new ulong[]
    {
        // 6.1.7600.16385, 6.1.7601.17514 and .24384, 6.3.9600.16384: dispatcher + 0x1f
        0x4fdf5, 0x51225, 0x6b5cf, 0x998ef,

        // 10.0.10586.0 and .1106, 14393.447 and .1715, 15063.0, 16299.15, 17134.471 and .556: dispatcher + 0x24, as all that follow
        0xa8814, 0xa8b94, 0xa89e4, 0xa9c24, 0xa90b4, 0xa3b14, 0x9e6b4,

        // 17763.1 and .475, 18362.1 and .145, .418, .815
        0xa22c4, 0xa3494, 0x9fdb4, 0x9fe14, 0x9fde4,

        // 19041.488, .546, .662, .1741, 22000.778, 26100.5074 and .7824
        0x9fbf4, 0x9fbc4, 0xa0b74, 0xa7e64, 0x167254, 0x165a74,
    }.ToFrozenSet();

    /// <summary>Whether one of the builds returns to this offset. Of all offsets in ntdll one in ninety thousand does.</summary>
    public static bool Contains(ulong offsetInNtdll) => Offsets.Contains(offsetInNtdll);
}

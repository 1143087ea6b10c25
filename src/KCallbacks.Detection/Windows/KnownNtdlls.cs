using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Windows;

/// <summary>An ntdll that was seen.</summary>
/// <param name="Version">Its file version.</param>
/// <param name="Architecture">What it is made for.</param>
/// <param name="Offset">Where its <see cref="Dispatcher"/> lies from the start of the image.</param>
internal sealed record KnownNtdll(string Version, Architecture Architecture, ulong Offset)
{
    private int Build => int.Parse(Version.Split('.')[2], CultureInfo.InvariantCulture);

    /// <summary>Where its dispatcher's call of the routine returns to, from the start of the image.</summary>
    public ulong Return => Offset + Dispatcher.ReturnIn(Architecture, Build);
}

/// <summary>
/// The builds of ntdll that were seen: a witness for dumps that hold neither images nor symbols. A build is one line here, and nothing
/// anywhere else. Read from the export tables of the images; 18362.1171, 19041.1466, 26100.7019 and .7824 of x64 and 2600.6419,
/// 9600.18146, .18258, 15063.608, 19041.2788 and .6456 of x86 from the return addresses in dumps.
/// </summary>
internal static class KnownNtdlls
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<KnownNtdll> All { get; } =
    [
        new("6.1.7600.16385", Architecture.X64, 0x4fdd6),
        new("6.1.7601.17514", Architecture.X64, 0x51206),
        new("6.1.7601.24384", Architecture.X64, 0x6b5b0),
        new("6.1.7601.24520", Architecture.X64, 0x6b5b0),
        new("6.3.9600.16384", Architecture.X64, 0x998d0),
        new("10.0.10240.16430", Architecture.X64, 0x953c0),
        new("10.0.10586.0", Architecture.X64, 0xa87f0),
        new("10.0.10586.1106", Architecture.X64, 0xa8b70),
        new("10.0.14393.0", Architecture.X64, 0xa89b0),
        new("10.0.14393.447", Architecture.X64, 0xa89c0),
        new("10.0.14393.1715", Architecture.X64, 0xa9c00),
        new("10.0.15063.0", Architecture.X64, 0xa9090),
        new("10.0.16299.15", Architecture.X64, 0xa3af0),
        new("10.0.17134.471", Architecture.X64, 0x9e690),
        new("10.0.17134.556", Architecture.X64, 0x9e690),
        new("10.0.17763.1", Architecture.X64, 0xa22a0),
        new("10.0.17763.475", Architecture.X64, 0xa3470),
        new("10.0.18362.1", Architecture.X64, 0x9fd90),
        new("10.0.18362.145", Architecture.X64, 0x9fd90),
        new("10.0.18362.418", Architecture.X64, 0x9fdf0),
        new("10.0.18362.815", Architecture.X64, 0x9fdc0),
        new("10.0.18362.1171", Architecture.X64, 0xa0440),
        new("10.0.19041.423", Architecture.X64, 0x9fbd0),
        new("10.0.19041.488", Architecture.X64, 0x9fbd0),
        new("10.0.19041.546", Architecture.X64, 0x9fba0),
        new("10.0.19041.662", Architecture.X64, 0x9fdc0),
        new("10.0.19041.1288", Architecture.X64, 0xa0b80),
        new("10.0.19041.1466", Architecture.X64, 0xa0b80),
        new("10.0.19041.1741", Architecture.X64, 0xa0b50),
        new("10.0.19041.3086", Architecture.X64, 0xa0f10),
        new("10.0.19041.3155", Architecture.X64, 0xa0e40),
        new("10.0.20348.4767", Architecture.X64, 0xa42a0),
        new("10.0.22000.778", Architecture.X64, 0xa7e40),
        new("10.0.26100.5074", Architecture.X64, 0x167230),
        new("10.0.26100.7019", Architecture.X64, 0x165cc0),
        new("10.0.26100.7824", Architecture.X64, 0x165a50),
        new("5.1.2600.2180", Architecture.X86, 0xead0),
        new("5.1.2600.5512", Architecture.X86, 0xe440),
        new("5.1.2600.6419", Architecture.X86, 0xe460),
        new("6.1.7601.21861", Architecture.X86, 0x47040),
        new("6.2.9200.16578", Architecture.X86, 0x42c64),
        new("6.3.9600.17736", Architecture.X86, 0x407a0),
        new("6.3.9600.18146", Architecture.X86, 0x40770),
        new("6.3.9600.18258", Architecture.X86, 0x40560),
        new("10.0.14393.479", Architecture.X86, 0x70890),
        new("10.0.15063.608", Architecture.X86, 0x740d0),
        new("10.0.16299.15", Architecture.X86, 0x914f0),
        new("10.0.17763.292", Architecture.X86, 0x728a0),
        new("10.0.18362.387", Architecture.X86, 0x74180),
        new("10.0.19041.804", Architecture.X86, 0x73b70),
        new("10.0.19041.1566", Architecture.X86, 0x74e30),
        new("10.0.19041.1682", Architecture.X86, 0x74e30),
        new("10.0.19041.2130", Architecture.X86, 0x74f70),
        new("10.0.19041.2788", Architecture.X86, 0x74f40),
        new("10.0.19041.3996", Architecture.X86, 0x75030),
        new("10.0.19041.6456", Architecture.X86, 0x75680),
    ];

    private static readonly HashSet<ulong> Returns = [.. All.Select(ntdll => KeyOf(ntdll.Architecture, ntdll.Return))];

    /// <summary>Whether the dispatcher of one of them returns to this offset. Of all offsets in ntdll one in forty thousand does.</summary>
    public static bool ReturnTo(Architecture architecture, ulong offsetInNtdll) => offsetInNtdll <= uint.MaxValue && Returns.Contains(KeyOf(architecture, offsetInNtdll));

    private static ulong KeyOf(Architecture architecture, ulong offset) => ((ulong)architecture << 32) | offset;
}

using System.Collections.Immutable;
using System.Text;

namespace KCallbacks.Tool.Inputs;

/// <summary>A kind of file that people have in hand where dumps are, that the tool does not read, and what does.</summary>
/// <param name="Start">The bytes it begins with.</param>
/// <param name="Name">What it is.</param>
/// <param name="Opener">What to do with it.</param>
internal sealed record KnownFile(ImmutableArray<byte> Start, string Name, string Opener)
{
    private static readonly ImmutableArray<KnownFile> All =
    [
        new("PAGEDU64", "a kernel dump", "open it in WinDbg and use the extension: !kcallbacks -p all"),
        new("PAGEDUMP", "a kernel dump of 32-bit Windows", "open it in WinDbg; the extension reads kernel dumps of 64-bit Windows"),
        new("\u007fELF", "a program or core dump of Linux (ELF)", "gdb and lldb open it"),
        new([0xcf, 0xfa, 0xed, 0xfe], "a program or core dump of macOS (Mach-O)", "lldb opens it"),
        new("MZ", "a Windows program", "give a dump of it"),
        new("MSCF", "a cabinet", "unpack it: expand FILE -F:* FOLDER"),
        new([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], "a 7-Zip archive", "unpack it first"),
        new([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], "packed with xz", "unpack it first: xz -d"),
        new([0x28, 0xb5, 0x2f, 0xfd], "packed with zstd", "unpack it first: zstd -d"),
        new("BZh", "packed with bzip2", "unpack it first: bzip2 -d"),
        new("Rar!", "a RAR archive", "unpack it first"),
        new("PK\u0003\u0004", "a zip archive", "give it a name that ends in .zip"),
        new([0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], "an SQLite database", "give a dump or a text"),
    ];

    private KnownFile(string start, string name, string opener)
        : this([.. Encoding.Latin1.GetBytes(start)], name, opener)
    {
    }

    /// <summary>What begins so; null when it is nothing known.</summary>
    public static KnownFile? Find(ReadOnlySpan<byte> start)
    {
        foreach (KnownFile file in All)
        {
            if (start.StartsWith(file.Start.AsSpan()))
                return file;
        }

        return null;
    }

    /// <summary>What to tell the user.</summary>
    public InputException Refusal() => new($"this is {Name}, which the tool cannot read; {Opener}", isUnsupported: true);
}

using System.Text;
using KCallbacks.Detection.Model;

namespace KCallbacks.Dumps.Format;

/// <summary>A module of the dump's list (<c>MINIDUMP_MODULE</c>).</summary>
/// <param name="Base">Load address.</param>
/// <param name="Size">Bytes of the image.</param>
/// <param name="File">Its file name without folder; empty when the dump does not hold it.</param>
/// <param name="TimeDateStamp">Of its header.</param>
/// <param name="FileVersion">Its file version, four numbers in one; 0 when it has none.</param>
/// <param name="CodeView">Where the entry lies that names its symbol file.</param>
internal sealed record ListedModule(ulong Base, uint Size, string File, uint TimeDateStamp, ulong FileVersion, FilePart CodeView)
{
    private const uint VersionSignature = 0xfeef_04bd;

    /// <summary>More than any process has; the entries of a damaged list may all name the same bytes.</summary>
    public const uint Most = 0x1_0000;

    /// <summary>Bytes of a path that are read: its end is its name, and Windows has no longer ones.</summary>
    private const uint LongestPath = 0x1_0000;

    private const int EntrySize = 108;

    /// <summary>Reads the list, as far as it is there.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static IReadOnlyList<ListedModule> ReadAll(DumpBytes file, StreamDirectory directory, DumpGaps gaps)
    {
        if (directory.Find(StreamType.ModuleList) is not { } stream)
        {
            gaps.NoteBlank("the dump has no list of modules");
            return [];
        }

        gaps.NoteIfCut(stream, () => "its list of modules");
        byte[] entries = StreamList.Entries(file, stream, EntrySize, Most);
        if (entries.Length == 0)
            gaps.NoteBlank("the dump's list of modules is empty or holds only zeros");
        return [.. Read(entries, file, gaps)];
    }

    private static List<ListedModule> Read(ReadOnlySpan<byte> entries, DumpBytes file, DumpGaps gaps)
    {
        var names = new Dictionary<uint, string>();
        var modules = new List<ListedModule>();
        for (; !entries.IsEmpty; entries = entries[EntrySize..])
        {
            uint name = Field.UInt32(entries, 20);
            if (!names.TryGetValue(name, out string? text))
                names[name] = text = NameAt(name, file, gaps);
            modules.Add(new(Field.UInt64(entries, 0), Field.UInt32(entries, 8), text, Field.UInt32(entries, 16), VersionIn(entries[24..]), FilePart.Of(entries[76..])));
        }

        return modules;
    }

    /// <summary>The file version of a <c>VS_FIXEDFILEINFO</c>.</summary>
    private static ulong VersionIn(ReadOnlySpan<byte> info) =>
        Field.UInt32(info, 0) == VersionSignature ? ((ulong)Field.UInt32(info, 8) << 32) | Field.UInt32(info, 12) : 0;

    /// <summary>The file name of a <c>MINIDUMP_STRING</c>: bytes of UTF-16, then these.</summary>
    private static string NameAt(uint offset, DumpBytes file, DumpGaps gaps)
    {
        Span<byte> size = stackalloc byte[sizeof(uint)];
        if (gaps.NoteIfCut(new(offset, sizeof(uint)), () => "the name of a module") || !file.TryRead(offset, size))
            return "";
        var text = new FilePart(offset + (ulong)sizeof(uint), Math.Min(Field.UInt32(size, 0), LongestPath));
        gaps.NoteIfCut(text, () => "the name of a module");
        byte[] bytes = file.Read(text);
        string path = Encoding.Unicode.GetString(bytes.AsSpan(0, bytes.Length & ~1));
        string name = path[(path.LastIndexOfAny(['\\', '/']) + 1)..];
        return name.Length <= Symbol.LongestName ? name : name[..Symbol.LongestName];
    }
}

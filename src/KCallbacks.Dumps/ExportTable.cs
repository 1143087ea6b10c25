using System.Buffers.Binary;
using System.Text;
using KCallbacks.Detection.Model;

namespace KCallbacks.Dumps;

/// <summary>The exported names of an image as it lies in memory (PE format, "The .edata Section").</summary>
internal sealed class ExportTable
{
    /// <summary>Larger than any export section of Windows; keeps a damaged header from costing gigabytes.</summary>
    private const uint LargestSection = 8 << 20;

    /// <summary>Ordinals have 16 bits. Names that all lie over each other would make a small section large.</summary>
    private const uint MostNames = 0x1_0000;

    private const int DirectorySize = 40;

    /// <summary>Of several names for one address the first in the alphabet comes last and is found: <c>Nt</c>, not <c>Zw</c>.</summary>
    private static readonly Comparer<(uint Offset, string Name)> Order = Comparer<(uint Offset, string Name)>.Create((a, b) =>
        a.Offset != b.Offset ? a.Offset.CompareTo(b.Offset) : string.CompareOrdinal(b.Name, a.Name));

    private readonly Dictionary<string, uint> _byName = new(StringComparer.Ordinal);
    private readonly List<(uint Offset, string Name)> _byOffset = [];

    private ExportTable()
    {
    }

    /// <summary>An image whose memory the dump does not hold.</summary>
    public static ExportTable Empty { get; } = new();

    /// <summary>Reads the table of a module; empty when the memory is missing or is no image.</summary>
    public static ExportTable Read(Module module, Func<ulong, int, byte[]?> read)
    {
        if (Directory(module, read) is not { Size: >= DirectorySize and <= LargestSection } directory || directory.Offset > module.Size)
            return Empty;
        if (read(module.Base + directory.Offset, (int)directory.Size) is not { } section)
            return Empty;

        var table = new ExportTable { Size = section.Length };
        table.Fill(section, directory.Offset);
        return table;
    }

    /// <summary>Bytes of the section it was read from.</summary>
    public int Size { get; private init; }

    /// <summary>Offset of an export in its image; null when there is none of that name.</summary>
    public uint? OffsetOf(string name) => _byName.TryGetValue(name, out uint offset) ? offset : null;

    /// <summary>The last export at or before an offset in the image; null when there is none.</summary>
    public (uint Offset, string Name)? At(uint offset)
    {
        int found = _byOffset.BinarySearch((offset, ""), Order);
        int before = found >= 0 ? found : ~found - 1;
        return before >= 0 ? _byOffset[before] : null;
    }

    /// <summary>Where the optional header says the export section lies.</summary>
    private static (uint Offset, uint Size)? Directory(Module module, Func<ulong, int, byte[]?> read)
    {
        const ushort Pe32Plus = 0x20b;
        if (read(module.Base, 0x40) is not [(byte)'M', (byte)'Z', ..] dos)
            return null;

        uint header = UInt32(dos, 0x3c);
        if (header > module.Size || read(module.Base + header, 0x90) is not [(byte)'P', (byte)'E', 0, 0, ..] pe)
            return null;

        int directory = BinaryPrimitives.ReadUInt16LittleEndian(pe.AsSpan(0x18)) == Pe32Plus ? 0x88 : 0x78;
        return (UInt32(pe, directory), UInt32(pe, directory + 4));
    }

    private void Fill(byte[] section, uint sectionOffset)
    {
        uint functions = UInt32(section, 0x14);
        uint names = Math.Min(UInt32(section, 0x18), MostNames);
        uint functionTable = UInt32(section, 0x1c) - sectionOffset;
        uint nameTable = UInt32(section, 0x20) - sectionOffset;
        uint ordinalTable = UInt32(section, 0x24) - sectionOffset;
        long letters = 0;
        for (uint i = 0; i < names && letters < section.Length; i++)
        {
            if (!Has(section, nameTable, i, 4) || !Has(section, ordinalTable, i, 2))
                break;

            uint name = UInt32(section, (int)(nameTable + i * 4)) - sectionOffset;
            ushort function = BinaryPrimitives.ReadUInt16LittleEndian(section.AsSpan((int)(ordinalTable + i * 2)));
            if (name >= section.Length || function >= functions || !Has(section, functionTable, function, 4))
                continue;

            uint offset = UInt32(section, (int)(functionTable + function * 4u));
            bool isForwarder = offset - sectionOffset < section.Length;
            if (isForwarder)
                continue;
            string text = NameAt(section, (int)name);
            letters += text.Length + 1;
            Add(text, offset);
        }

        _byOffset.Sort(Order);
    }

    private void Add(string name, uint offset)
    {
        if (_byName.TryAdd(name, offset))
            _byOffset.Add((offset, name));
    }

    private static bool Has(byte[] section, uint table, uint index, uint size) =>
        table < section.Length && (ulong)table + ((index + 1ul) * size) <= (ulong)section.Length;

    private static string NameAt(byte[] section, int start)
    {
        ReadOnlySpan<byte> rest = section.AsSpan(start, Math.Min(Symbol.LongestName, section.Length - start));
        int end = rest.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? rest : rest[..end]);
    }

    private static uint UInt32(byte[] bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset));
}

namespace KCallbacks.Dumps.Format;

/// <summary>The memory that a dump lists (<c>MINIDUMP_MEMORY_LIST</c>, <c>MINIDUMP_MEMORY64_LIST</c>).</summary>
internal static class MemoryLists
{
    /// <summary>Sixteen times what the fullest dumps have.</summary>
    private const uint Most = 1 << 20;

    private const int EntrySize = 16;

    /// <summary>Reads both lists, as far as they are there.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static List<MemoryRange> Read(DumpBytes file, StreamDirectory directory, DumpGaps gaps)
    {
        List<MemoryRange> ranges = [];
        if (directory.Find(StreamType.MemoryList) is { } small)
        {
            gaps.NoteIfCut(small, () => "its list of memory");
            Add(ranges, StreamList.Entries(file, small, EntrySize, Most));
        }

        if (directory.Find(StreamType.Memory64List) is { } full)
        {
            gaps.NoteIfCut(full, () => "its list of memory");
            AddFull(ranges, file.Read(full with { Size = Math.Min(full.Size, 16 + ((ulong)Most * EntrySize)) }), gaps);
        }

        return ranges;
    }

    private static void Add(List<MemoryRange> ranges, ReadOnlySpan<byte> entries)
    {
        for (; !entries.IsEmpty; entries = entries[EntrySize..])
            ranges.Add(new(Field.UInt64(entries, 0), FilePart.Of(entries[8..])));
    }

    /// <summary>A count, where the bytes of the first range lie, and the ranges, whose bytes follow each other.</summary>
    private static void AddFull(List<MemoryRange> ranges, ReadOnlySpan<byte> stream, DumpGaps gaps)
    {
        if (stream.Length < 16)
            return;
        ulong count = Field.UInt64(stream, 0);
        ulong offset = Field.UInt64(stream, 8);
        if (count == 0 && stream.Length > 16)
            gaps.NoteBlank("the dump's list of memory holds only zeros");
        ReadOnlySpan<byte> entries = stream[16..];
        for (; count > 0 && entries.Length >= EntrySize; count--, entries = entries[EntrySize..])
        {
            ulong size = Field.UInt64(entries, 8);
            ranges.Add(new(Field.UInt64(entries, 0), new(offset, size)));
            if (size > ulong.MaxValue - offset)
                return;
            offset += size;
        }
    }
}

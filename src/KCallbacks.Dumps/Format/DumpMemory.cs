namespace KCallbacks.Dumps.Format;

/// <summary>The process's memory as far as a dump holds it.</summary>
internal sealed class DumpMemory
{
    private readonly DumpBytes _file;
    private readonly List<MemoryRange> _ranges = [];

    /// <param name="file">The dump.</param>
    /// <param name="ranges">What it lists, in any order; ranges may overlap.</param>
    public DumpMemory(DumpBytes file, IEnumerable<MemoryRange> ranges)
    {
        _file = file;
        // Sorting by several keys with LINQ would take longer than reading a small dump.
        (MemoryRange Range, int Place)[] sorted = [.. ranges.Where(range => range.Part.Size > 0).Select((range, place) => (range, place))];
        Array.Sort(sorted, Compare);
        foreach ((MemoryRange range, _) in sorted)
            AddBeyondLast(range);
    }

    /// <summary>By address, of those at one address the longest first, of equal ones the one that was listed first.</summary>
    private static int Compare((MemoryRange Range, int Place) left, (MemoryRange Range, int Place) right) =>
        left.Range.Start != right.Range.Start ? left.Range.Start.CompareTo(right.Range.Start)
        : left.Range.Part.Size != right.Range.Part.Size ? right.Range.Part.Size.CompareTo(left.Range.Part.Size)
        : left.Place.CompareTo(right.Place);

    /// <summary>Reads memory from an address on, over ranges that touch, as far as it is in the file.</summary>
    /// <returns>How many bytes were read.</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public int Read(ulong address, Span<byte> destination)
    {
        int done = 0;
        for (int i = IndexOf(address); i >= 0 && i < _ranges.Count && done < destination.Length; i++)
        {
            ulong position = address + (ulong)done;
            MemoryRange range = _ranges[i];
            if (position < range.Start || position > range.Last)
                break;
            ulong offset = position - range.Start;
            int wanted = (int)Math.Min(range.Last - position, (ulong)(destination.Length - done - 1)) + 1;
            int read = offset > ulong.MaxValue - range.Part.Offset ? 0 : _file.Read(range.Part.Offset + offset, destination.Slice(done, wanted));
            done += read;
            // The last byte of memory has no successor.
            if (read < wanted || position + (ulong)read < position)
                break;
        }

        return done;
    }

    /// <summary>Whether an address is listed, whether or not the file goes so far.</summary>
    public bool Lists(ulong address) => IndexOf(address) >= 0;

    /// <summary>Index of the range with an address; -1 when there is none.</summary>
    private int IndexOf(ulong address)
    {
        int low = 0;
        int high = _ranges.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (address < _ranges[middle].Start)
                high = middle - 1;
            else if (address > _ranges[middle].Last)
                low = middle + 1;
            else
                return middle;
        }

        return -1;
    }

    /// <summary>Of ranges that overlap the first counts; the others begin where it ends.</summary>
    private void AddBeyondLast(MemoryRange range)
    {
        if (_ranges.Count == 0 || range.Start > _ranges[^1].Last)
        {
            _ranges.Add(range);
            return;
        }

        if (range.Last <= _ranges[^1].Last)
            return;
        ulong skipped = _ranges[^1].Last + 1 - range.Start;
        if (skipped <= ulong.MaxValue - range.Part.Offset)
            _ranges.Add(new(range.Start + skipped, new(range.Part.Offset + skipped, range.Part.Size - skipped)));
    }
}

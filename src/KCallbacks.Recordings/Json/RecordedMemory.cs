using System.Collections.Immutable;

namespace KCallbacks.Recordings.Json;

/// <summary>
/// Memory of a recorded process. Its ranges may lie over each other in any way; they are kept as pieces that do not, so that an address
/// is found in as many steps as the logarithm of their number.
/// </summary>
internal sealed class RecordedMemory
{
    private readonly List<(ulong Start, ReadOnlyMemory<byte> Bytes)> _pieces = [];

    /// <param name="ranges">The ranges in any order; where they overlap, the one that begins first counts.</param>
    public RecordedMemory(ImmutableArray<MemoryRecord> ranges)
    {
        foreach (MemoryRecord range in ranges.Where(range => !range.Bytes.IsEmpty).OrderBy(range => range.Address).ThenByDescending(range => range.Bytes.Length))
            AddBeyondLast(range.Address, Bounded(range));
        JoinTouching();
    }

    /// <summary>Pieces that were looked at so far.</summary>
    internal long Steps { get; private set; }

    /// <summary>Reads memory; false when not all of it was recorded.</summary>
    public bool TryRead(ulong address, Span<byte> destination)
    {
        int done = 0;
        for (int i = IndexBefore(address); i >= 0 && i < _pieces.Count && done < destination.Length; i++)
        {
            Steps++;
            (ulong start, ReadOnlyMemory<byte> bytes) = _pieces[i];
            ulong offset = address + (ulong)done - start;
            if (offset >= (ulong)bytes.Length)
                break;
            int count = Math.Min(bytes.Length - (int)offset, destination.Length - done);
            bytes.Span.Slice((int)offset, count).CopyTo(destination[done..]);
            done += count;
        }

        return done == destination.Length;
    }

    /// <summary>The bytes of a stretch, not copied; null when not all of it was recorded.</summary>
    public ReadOnlyMemory<byte>? Slice(ulong address, int length)
    {
        if (length < 0 || IndexBefore(address) is not (>= 0 and var index))
            return null;
        (ulong start, ReadOnlyMemory<byte> bytes) = _pieces[index];
        ulong offset = address - start;
        bool isThere = offset <= (ulong)bytes.Length && (ulong)length <= (ulong)bytes.Length - offset;
        return isThere ? bytes.Slice((int)offset, length) : (ReadOnlyMemory<byte>?)null;
    }

    /// <summary>Makes one piece of those that touch, so that what lies over the border of two can be handed out without a copy.</summary>
    private void JoinTouching()
    {
        int kept = 0;
        for (int i = 0; i < _pieces.Count;)
        {
            int next = i + 1;
            long length = _pieces[i].Bytes.Length;
            while (next < _pieces.Count && _pieces[next].Start == _pieces[i].Start + (ulong)length && length + _pieces[next].Bytes.Length <= Array.MaxLength)
                length += _pieces[next++].Bytes.Length;
            _pieces[kept++] = next == i + 1 ? _pieces[i] : (_pieces[i].Start, Joined(i, next, (int)length));
            i = next;
        }

        _pieces.RemoveRange(kept, _pieces.Count - kept);
    }

    private byte[] Joined(int from, int to, int length)
    {
        byte[] joined = new byte[length];
        int done = 0;
        for (int i = from; i < to; i++)
        {
            _pieces[i].Bytes.Span.CopyTo(joined.AsSpan(done));
            done += _pieces[i].Bytes.Length;
        }

        return joined;
    }

    /// <summary>Index of the last piece that begins at or before an address; -1 when there is none.</summary>
    private int IndexBefore(ulong address)
    {
        int low = 0;
        int high = _pieces.Count - 1;
        while (low <= high)
        {
            Steps++;
            int middle = (low + high) >>> 1;
            if (_pieces[middle].Start <= address)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return high;
    }

    private void AddBeyondLast(ulong start, ReadOnlyMemory<byte> bytes)
    {
        if (_pieces.Count > 0)
        {
            (ulong lastStart, ReadOnlyMemory<byte> last) = _pieces[^1];
            ulong beyond = start - lastStart;
            if (beyond < (ulong)last.Length)
            {
                int skipped = Math.Min(last.Length - (int)beyond, bytes.Length);
                (start, bytes) = (start + (ulong)skipped, bytes[skipped..]);
            }
        }

        if (!bytes.IsEmpty)
            _pieces.Add((start, bytes));
    }

    /// <summary>A range that would run over the end of memory ends there.</summary>
    private static ReadOnlyMemory<byte> Bounded(MemoryRecord range) =>
        (ulong)range.Bytes.Length - 1 > ulong.MaxValue - range.Address ? range.Bytes[..((int)(ulong.MaxValue - range.Address) + 1)] : range.Bytes;
}

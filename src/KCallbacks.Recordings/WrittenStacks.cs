using KCallbacks.Detection.Model;
using KCallbacks.Recordings.Json;

namespace KCallbacks.Recordings;

/// <summary>
/// Which stack memory a recording already holds. Threads may share a stack, or say so: each byte is written once, and what was written
/// is remembered by its hash, not kept.
/// </summary>
internal sealed class WrittenStacks
{
    private const int PageSize = 0x1000;

    /// <summary>Bytes of a piece: as JSON it is written in one go.</summary>
    private const int LongestPiece = 0x1_0000;

    private readonly Dictionary<ulong, (int Length, long Hash)> _pages = [];

    /// <summary>
    /// What of a thread's stack is still to be written. Null when other bytes were written for the same addresses, so that the thread
    /// must bring all of its own.
    /// </summary>
    public StackRecord? Add(StackMemory memory)
    {
        List<(int Start, int Length)> fresh = [];
        for (int start = 0; start < memory.Bytes.Length;)
        {
            ulong address = memory.Address + (ulong)start;
            int length = (int)Math.Min((ulong)(memory.Bytes.Length - start), PageSize - (address % PageSize));
            (int, long) page = (length, HashOf(memory.Bytes.Span.Slice(start, length)));
            if (_pages.TryAdd(address, page))
                fresh.Add((start, length));
            else if (_pages[address] != page)
                return null;
            start += length;
        }

        return new StackRecord(memory.Address, memory.Bytes.Length, memory.IsComplete, [.. Runs(fresh).Select(run => new MemoryRecord(memory.Address + (ulong)run.Start, memory.Bytes.Slice(run.Start, run.Length)))]);
    }

    private static IEnumerable<(int Start, int Length)> Runs(List<(int Start, int Length)> pages)
    {
        for (int i = 0; i < pages.Count;)
        {
            (int start, int length) = pages[i++];
            while (i < pages.Count && pages[i].Start == start + length && length < LongestPiece)
                length += pages[i++].Length;
            yield return (start, length);
        }
    }

    /// <summary>Two hashes of the runtime, which are different in every process: nobody can make pages that meet.</summary>
    private static long HashOf(ReadOnlySpan<byte> bytes)
    {
        var left = new HashCode();
        left.Add(1);
        left.AddBytes(bytes);
        var right = new HashCode();
        right.AddBytes(bytes);
        right.Add(2);
        return ((long)left.ToHashCode() << 32) | (uint)right.ToHashCode();
    }
}

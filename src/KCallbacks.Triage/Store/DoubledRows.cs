using KCallbacks.Reports;
using KCallbacks.Triage.Rows;

namespace KCallbacks.Triage.Store;

/// <summary>Rows of inputs that were done again: the later one counts.</summary>
internal static class DoubledRows
{
    /// <summary>Writes a file anew, without rows that a later one replaces, and without lines that are none. Nothing is written when there are none.</summary>
    /// <exception cref="IOException">It cannot be replaced.</exception>
    public static void Drop(string path)
    {
        var last = new Dictionary<RowKey, long>();
        long count = 0;
        foreach (ReadOnlyMemory<byte> line in RowLines.Of(path))
        {
            if (RowText.TryReadMark(line.Span, out RowMark? row))
                last[row.Key] = count;
            count++;
        }

        if (last.Count == count)
            return;
        var kept = new HashSet<long>(last.Values);
        OutputFile.Replace(path, stream =>
        {
            var buffered = new BufferedStream(stream, 1 << 16);
            long number = 0;
            foreach (ReadOnlyMemory<byte> line in RowLines.Of(path))
            {
                if (!kept.Contains(number++))
                    continue;
                buffered.Write(line.Span);
                buffered.WriteByte((byte)'\n');
            }

            buffered.Flush();
        });
    }
}

namespace KCallbacks.Triage.Store;

/// <summary>The whole lines of a file, which somebody may be writing to.</summary>
internal static class RowLines
{
    private const int FirstBuffer = 1 << 16;

    /// <summary>The lines without their ends. Each is valid until the next is asked for. A last line without an end is none.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        byte[] buffer = new byte[FirstBuffer];
        int length = 0;
        while (stream.Read(buffer, length, buffer.Length - length) is > 0 and var read)
        {
            int searched = length;
            length += read;
            int start = 0;
            while (buffer.AsSpan(Math.Max(start, searched), length - Math.Max(start, searched)).IndexOf((byte)'\n') is >= 0 and var found)
            {
                int end = Math.Max(start, searched) + found;
                yield return buffer.AsMemory(start, end - start);
                start = end + 1;
            }

            buffer.AsSpan(start, length - start).CopyTo(buffer);
            length -= start;
            if (length == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    /// <summary>Bytes up to the end of the last whole line.</summary>
    public static long LengthOf(FileStream file)
    {
        byte[] piece = new byte[FirstBuffer];
        long end = file.Length;
        while (end > 0)
        {
            long start = Math.Max(0, end - piece.Length);
            Span<byte> last = piece.AsSpan(0, (int)(end - start));
            file.Position = start;
            file.ReadExactly(last);
            int found = last.LastIndexOf((byte)'\n');
            if (found >= 0)
                return start + found + 1;
            end = start;
        }

        return 0;
    }
}

namespace KCallbacks.Triage.Rows;

/// <summary>The whole lines of files and streams.</summary>
internal static class RowLines
{
    private const int FirstBuffer = 1 << 16;

    /// <summary>Bytes of a line that a whole report of the largest process does not reach.</summary>
    private const int Longest = 1 << 28;

    /// <summary>The lines of a file, which somebody may be writing to.</summary>
    /// <exception cref="InvalidDataException">A line is longer than any row.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
        foreach (ReadOnlyMemory<byte> line in Of(stream))
            yield return line;
    }

    /// <summary>The lines without their ends. Each is valid until the next is asked for. A last line without an end is none.</summary>
    /// <exception cref="InvalidDataException">A line is longer than any row.</exception>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(Stream stream)
    {
        byte[] buffer = new byte[FirstBuffer];
        int length = 0;
        while (stream.Read(buffer, length, buffer.Length - length) is > 0 and var read)
        {
            int start = 0;
            int searched = length;
            length += read;
            while (buffer.AsSpan(searched, length - searched).IndexOf((byte)'\n') is >= 0 and var found)
            {
                yield return buffer.AsMemory(start, searched + found - start);
                start = searched = searched + found + 1;
            }

            buffer.AsSpan(start, length - start).CopyTo(buffer);
            length -= start;
            if (length < buffer.Length)
                continue;
            if (length >= Longest)
                throw new InvalidDataException("a line is longer than any row");
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

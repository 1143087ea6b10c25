namespace KCallbacks.Dumps.Format;

/// <summary>A stream that is a 32-bit count and that many entries of one size.</summary>
internal static class StreamList
{
    /// <summary>The bytes of the entries that are there, a whole number of them.</summary>
    /// <param name="file">The dump.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="entrySize">Bytes of an entry.</param>
    /// <param name="most">How many are read at most.</param>
    /// <returns>Empty when even the count is missing. A count of 0 in a stream with room for entries is a stream of zeros.</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public static byte[] Entries(DumpBytes file, FilePart stream, int entrySize, uint most)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        if (stream.Size < sizeof(uint) || !file.TryRead(stream.Offset, number))
            return [];

        ulong count = Field.UInt32(number, 0);
        ulong rest = stream.Size - sizeof(uint);
        // Some writers align the entries to 8 bytes.
        ulong start = rest == (count * (ulong)entrySize) + sizeof(uint) ? 2ul * sizeof(uint) : sizeof(uint);
        ulong size = Math.Min(Math.Min(count, most) * (ulong)entrySize, stream.Size - start);
        byte[] entries = file.Read(new FilePart(stream.Offset + start, size));
        return entries[..(entries.Length - (entries.Length % entrySize))];
    }
}

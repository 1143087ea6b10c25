namespace KCallbacks.Dumps.Format;

/// <summary>Id and start of the process (<c>MINIDUMP_MISC_INFO</c>).</summary>
/// <param name="ProcessId">Its id; null when the dump does not tell.</param>
/// <param name="Started">When it was started; null when the dump does not tell.</param>
internal sealed record MiscInfo(uint? ProcessId, DateTimeOffset? Started)
{
    private const int Size = 16;
    private const uint HasProcessId = 1;
    private const uint HasTimes = 2;

    /// <summary>Reads the stream, as far as it is there.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static MiscInfo Read(DumpBytes file, StreamDirectory directory)
    {
        Span<byte> stream = stackalloc byte[Size];
        if (directory.Find(StreamType.MiscInfo) is not { } part || part.Size < Size || !file.TryRead(part.Offset, stream))
            return new(null, null);
        uint flags = Field.UInt32(stream, 4), start = Field.UInt32(stream, 12);
        return new(
            (flags & HasProcessId) != 0 ? Field.UInt32(stream, 8) : null,
            (flags & HasTimes) != 0 && start != 0 ? DateTimeOffset.FromUnixTimeSeconds(start) : null);
    }
}

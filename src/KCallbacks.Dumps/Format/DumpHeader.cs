namespace KCallbacks.Dumps.Format;

/// <summary>What the header says of the dump (<c>MINIDUMP_HEADER</c>, <c>MINIDUMP_TYPE</c>, minidumpapiset.h).</summary>
/// <param name="Made">When it was made; null when it does not tell.</param>
/// <param name="Flags">What was asked for when it was made.</param>
internal sealed record DumpHeader(DateTimeOffset? Made, ulong Flags)
{
    private const int Size = 32;
    private const ulong WithFullMemory = 2;

    /// <summary>Whether all memory of the process was asked for.</summary>
    public bool IsFull => (Flags & WithFullMemory) != 0;

    /// <summary>Reads the header; the file was found to have one.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static DumpHeader Read(DumpBytes file)
    {
        Span<byte> header = stackalloc byte[Size];
        file.Read(0, header);
        uint time = Field.UInt32(header, 20);
        return new(time == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(time), Field.UInt64(header, 24));
    }
}

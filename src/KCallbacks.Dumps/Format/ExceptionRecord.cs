namespace KCallbacks.Dumps.Format;

/// <summary>The exception for which a dump was written (<c>MINIDUMP_EXCEPTION_STREAM</c>).</summary>
/// <param name="SystemId">The thread that raised it, which is often the one that wrote the dump.</param>
/// <param name="Context">Where its registers at that moment lie.</param>
/// <param name="Code">Its code.</param>
/// <param name="Address">Where it was raised.</param>
internal sealed record ExceptionRecord(uint SystemId, FilePart Context, uint Code, ulong Address)
{
    private const int Size = 168;

    /// <summary>Reads the stream; null when the dump has none, which is normal.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static ExceptionRecord? Read(DumpBytes file, StreamDirectory directory, DumpGaps gaps)
    {
        Span<byte> stream = stackalloc byte[Size];
        if (directory.Find(StreamType.Exception) is not { } part)
            return null;
        gaps.NoteIfCut(part, () => "the exception it was written for");
        return file.TryRead(part.Offset, stream) ? new(Field.UInt32(stream, 0), FilePart.Of(stream[160..]), Field.UInt32(stream, 8), Field.UInt64(stream, 24)) : null;
    }
}

namespace KCallbacks.Dumps.Format;

/// <summary>A stretch of the process's memory in the file.</summary>
/// <param name="Start">Address of its first byte.</param>
/// <param name="Part">Where its bytes lie.</param>
internal readonly record struct MemoryRange(ulong Start, FilePart Part)
{
    /// <summary>Address of its last byte; a range that a damaged list has run over the end of memory ends there.</summary>
    public ulong Last => Part.Size > ulong.MaxValue - Start ? ulong.MaxValue : Start + Part.Size - 1;
}

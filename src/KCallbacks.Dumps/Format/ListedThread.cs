namespace KCallbacks.Dumps.Format;

/// <summary>A thread of the dump's list (<c>MINIDUMP_THREAD</c>).</summary>
/// <param name="SystemId">The operating system's thread id.</param>
/// <param name="EnvironmentBlock">Address of its TEB; 0 when not known.</param>
/// <param name="StackStart">First address of its stack; 0 when the dump holds none.</param>
/// <param name="Stack">Where the stack's bytes lie.</param>
/// <param name="Context">Where its CONTEXT lies.</param>
internal sealed record ListedThread(uint SystemId, ulong EnvironmentBlock, ulong StackStart, FilePart Stack, FilePart Context)
{
    /// <summary>More than any process has.</summary>
    public const uint Most = 0x4_0000;

    private const int EntrySize = 48;

    /// <summary>Reads the list, as far as it is there.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static IReadOnlyList<ListedThread> ReadAll(DumpBytes file, StreamDirectory directory, DumpGaps gaps)
    {
        if (directory.Find(StreamType.ThreadList) is not { } stream)
        {
            gaps.NoteBlank("the dump has no list of threads");
            return [];
        }

        gaps.NoteIfCut(stream, () => "its list of threads");
        byte[] entries = StreamList.Entries(file, stream, EntrySize, Most);
        if (entries.Length == 0)
            gaps.NoteBlank("the dump's list of threads is empty or holds only zeros");
        return [.. Read(entries)];
    }

    private static List<ListedThread> Read(ReadOnlySpan<byte> entries)
    {
        var threads = new List<ListedThread>();
        for (; !entries.IsEmpty; entries = entries[EntrySize..])
        {
            threads.Add(new(
                Field.UInt32(entries, 0),
                Field.UInt64(entries, 16),
                Field.UInt64(entries, 24),
                FilePart.Of(entries[32..]),
                FilePart.Of(entries[40..])));
        }

        return threads;
    }
}

namespace KCallbacks.Dumps.Format;

/// <summary>Header and stream directory (<c>MINIDUMP_HEADER</c>, <c>MINIDUMP_DIRECTORY</c>, minidumpapiset.h).</summary>
internal sealed class StreamDirectory
{
    /// <summary>Real dumps have about twenty.</summary>
    private const uint MostStreams = 4096;

    private const int HeaderSize = 32;
    private const int EntrySize = 12;

    private readonly Dictionary<StreamType, FilePart> _streams = [];

    private StreamDirectory()
    {
    }

    /// <summary>Reads the directory.</summary>
    /// <exception cref="DumpException">The file is no minidump.</exception>
    /// <exception cref="IOException">The disk failed.</exception>
    public static StreamDirectory Read(DumpBytes file, DumpGaps gaps)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        if (!file.TryRead(0, header) || !DumpSignature.IsMinidump(header))
            throw new DumpException("The dump cannot be read: it is no minidump, or shorter than a minidump's header.");

        uint count = Field.UInt32(header, 8);
        var entries = new FilePart(Field.UInt32(header, 12), Math.Min(count, MostStreams) * EntrySize);
        gaps.NoteIfCut(entries, () => "its directory of streams");
        var directory = new StreamDirectory();
        directory.Fill(file.Read(entries));
        if (directory._streams.Count == 0)
            throw new DumpException(gaps.First is { } missing ? $"The dump cannot be read: {missing}." : "The dump cannot be read: its directory of streams is empty or holds only zeros.");
        return directory;
    }

    /// <summary>Where a stream lies; null when the dump has none of the type.</summary>
    public FilePart? Find(StreamType type) => _streams.TryGetValue(type, out FilePart part) ? part : null;

    private void Fill(ReadOnlySpan<byte> entries)
    {
        for (; entries.Length >= EntrySize; entries = entries[EntrySize..])
        {
            var type = (StreamType)Field.UInt32(entries, 0);
            if (type != StreamType.Unused)
                _streams.TryAdd(type, FilePart.Of(entries[4..]));
        }
    }
}

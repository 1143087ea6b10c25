using System.Buffers.Binary;

namespace KCallbacks.Detection.Windows;

/// <summary>How the thread is known that wrote a dump of its own process.</summary>
public static class DumpWriting
{
    /// <summary>The service in which it stands in the dump, as seen in a dump of a crash handler on 14393: it reads the registers of the others. Other threads hardly ever call it.</summary>
    internal const string Service = "GetContextThread";

    /// <summary>The stream in which Breakpad and Crashpad name it (<c>MD_BREAKPAD_INFO_STREAM</c> of minidump_format.h).</summary>
    public const uint Stream = 0x4767_0001;

    /// <summary>Bytes of the stream: which of the ids hold, the thread that wrote the dump, the thread it was written for.</summary>
    public const int StreamSize = 12;

    private const uint NamesWriter = 1;

    /// <summary>The system id of the thread that wrote the dump; null when the stream does not name it.</summary>
    /// <param name="stream">The stream's bytes.</param>
    public static uint? WriterIn(ReadOnlySpan<byte> stream) =>
        stream.Length >= StreamSize && (BinaryPrimitives.ReadUInt32LittleEndian(stream) & NamesWriter) != 0
            ? BinaryPrimitives.ReadUInt32LittleEndian(stream[sizeof(uint)..])
            : null;
}

using System.Globalization;

namespace KCallbacks.Dumps.Format;

/// <summary>Processor and operating system (<c>MINIDUMP_SYSTEM_INFO</c>).</summary>
/// <param name="Processor"><c>PROCESSOR_ARCHITECTURE_*</c> of winnt.h.</param>
/// <param name="WindowsBuild">The build number; null when the dump does not tell.</param>
/// <param name="Version">Major and minor version, for example <c>10.0</c>.</param>
/// <param name="Platform"><c>VER_PLATFORM_*</c> of winnt.h, or of Breakpad's minidump_format.h for other systems.</param>
internal sealed record SystemInfo(ushort Processor, int? WindowsBuild, string Version, uint Platform)
{
    private const int Size = 24;
    private const uint Windows = 2;

    /// <summary>The name of an operating system that is not Windows; null for Windows, and where the dump does not tell.</summary>
    public string? OtherSystem => Platform switch
    {
        <= Windows => null,
        0x8101 => "macOS",
        0x8102 => "iOS",
        0x8201 => "Linux",
        0x8202 => "Solaris",
        0x8203 => "Android",
        0x8206 => "Fuchsia",
        0x8000 => "Unix",
        _ => $"platform 0x{Platform:x}",
    };

    /// <summary>Reads the stream.</summary>
    /// <exception cref="DumpException">It is missing, and nothing can be read without it.</exception>
    /// <exception cref="IOException">The disk failed.</exception>
    public static SystemInfo Read(DumpBytes file, StreamDirectory directory, DumpGaps gaps)
    {
        Span<byte> stream = stackalloc byte[Size];
        if (directory.Find(StreamType.SystemInfo) is not { } part)
            throw new DumpException("The dump cannot be read: it does not say of which processor it is.");
        if (gaps.NoteIfCut(part, () => "the description of its system") && !file.TryRead(part.Offset, stream))
            throw new DumpException($"The dump cannot be read: {gaps.First}.");

        file.Read(part.Offset, stream);
        if (!stream.ContainsAnyExcept((byte)0))
            throw new DumpException("The dump cannot be read: it holds only zeros where its processor should be described.");
        return new(Field.UInt16(stream, 0), (int)Field.UInt32(stream, 16) is > 0 and var build ? build : null, string.Create(CultureInfo.InvariantCulture, $"{Field.UInt32(stream, 8)}.{Field.UInt32(stream, 12)}"), Field.UInt32(stream, 20));
    }
}

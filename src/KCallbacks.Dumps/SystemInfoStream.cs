using System.Buffers.Binary;

namespace KCallbacks.Dumps;

/// <summary>The Windows version in a minidump (<c>MINIDUMP_SYSTEM_INFO</c>, minidumpapiset.h), which ClrMD does not hand out.</summary>
internal static class SystemInfoStream
{
    private const int HeaderSize = 32;
    private const int EntrySize = 12;
    private const uint StreamType = 7;
    private const int BuildOffset = 16;
    private const int MostStreams = 1024;

    /// <summary>The build number; null when the dump does not tell.</summary>
    public static int? ReadBuild(Stream dump)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        if (!TryRead(dump, 0, header))
            return null;

        uint streams = Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(header[8..]), MostStreams);
        uint directory = BinaryPrimitives.ReadUInt32LittleEndian(header[12..]);
        Span<byte> entry = stackalloc byte[EntrySize];
        Span<byte> build = stackalloc byte[sizeof(int)];
        for (uint i = 0; i < streams && TryRead(dump, directory + (long)i * EntrySize, entry); i++)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(entry) != StreamType)
                continue;

            uint stream = BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]);
            return TryRead(dump, stream + (long)BuildOffset, build) && BinaryPrimitives.ReadInt32LittleEndian(build) is > 0 and var number ? number : null;
        }

        return null;
    }

    private static bool TryRead(Stream dump, long position, Span<byte> destination)
    {
        dump.Position = position;
        return dump.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) == destination.Length;
    }
}

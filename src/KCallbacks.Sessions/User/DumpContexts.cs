using System.Buffers.Binary;
using KCallbacks.DbgEng;
using Microsoft.Win32.SafeHandles;

namespace KCallbacks.Sessions.User;

/// <summary>
/// The registers of a dump's threads, from the dump's own file: through the engine each thread would have to be selected, which
/// searches the engine's list of threads and so takes longer the more there are.
/// </summary>
/// <remarks>
/// The file is read in large pieces, because contexts lie next to each other; and read, not mapped, so that a lost network drive is an
/// error and no crash.
/// </remarks>
internal sealed class DumpContexts : IDisposable
{
    private const int PieceSize = 0x1_0000;

    /// <summary>MINIDUMP_HEADER of minidumpapiset.h: signature, version, number of streams at 8, offset of their directory at 12.</summary>
    private const int HeaderSize = 16;

    /// <summary>MINIDUMP_DIRECTORY: type at 0, size at 4, offset at 8. Real dumps have about twenty.</summary>
    private const int DirectoryEntrySize = 12;
    private const int MostStreams = 1024;

    private readonly SafeFileHandle _file;
    private readonly byte[] _piece = new byte[PieceSize];
    private long _start;
    private int _length;

    private DumpContexts(SafeFileHandle file) => _file = file;

    /// <summary>Opens a dump's file; null when it is not the one whose threads the engine shows, for example when the engine opened an archive.</summary>
    /// <param name="path">What the engine was told to open; null where it opened no dump.</param>
    /// <param name="threadList">The list of threads as the engine reads it.</param>
    public static DumpContexts? Open(string? path, ReadOnlySpan<byte> threadList)
    {
        if (path is null)
            return null;
        DumpContexts? contexts = null;
        try
        {
            contexts = new DumpContexts(File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete));
            if (contexts.Holds(threadList))
                return contexts;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // Then the threads are selected one by one.
        }

        contexts?.Dispose();
        return null;
    }

    /// <summary>Reads bytes of the file; false when it does not hold all of them.</summary>
    public bool TryRead(long offset, Span<byte> destination)
    {
        if (offset < _start || offset + destination.Length > _start + _length)
            Load(offset);
        if (destination.Length > _length)
            return false;
        _piece.AsSpan((int)(offset - _start), destination.Length).CopyTo(destination);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Load(long offset)
    {
        (_start, _length) = (offset, 0);
        while (_length < PieceSize && RandomAccess.Read(_file, _piece.AsSpan(_length), offset + _length) is > 0 and var read)
            _length += read;
    }

    /// <summary>Whether the file is a minidump with this very list of threads.</summary>
    private bool Holds(ReadOnlySpan<byte> threadList)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        if (!TryRead(0, header) || !header.StartsWith("MDMP"u8))
            return false;
        uint streams = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        uint directory = BinaryPrimitives.ReadUInt32LittleEndian(header[12..]);
        Span<byte> entry = stackalloc byte[DirectoryEntrySize];
        for (uint i = 0; i < Math.Min(streams, MostStreams) && TryRead(directory + (i * DirectoryEntrySize), entry); i++)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(entry) == (uint)DumpStream.ThreadList)
                return IsAt(BinaryPrimitives.ReadUInt32LittleEndian(entry[8..]), threadList);
        }

        return false;
    }

    private bool IsAt(long offset, ReadOnlySpan<byte> expected)
    {
        byte[] piece = new byte[PieceSize];
        for (int done = 0; done < expected.Length;)
        {
            Span<byte> found = piece.AsSpan(0, Math.Min(PieceSize, expected.Length - done));
            if (!TryRead(offset + done, found) || !found.SequenceEqual(expected.Slice(done, found.Length)))
                return false;
            done += found.Length;
        }

        return true;
    }
}

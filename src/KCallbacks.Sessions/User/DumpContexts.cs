using System.Buffers.Binary;
using System.Runtime.InteropServices;
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
internal sealed unsafe class DumpContexts : IDisposable
{
    /// <summary>The contexts of 200 threads. Small enough for the heap of the process, and outside of the collected one, which would be collected for it.</summary>
    private const int PieceSize = 0x4_0000;

    /// <summary>MINIDUMP_HEADER of minidumpapiset.h: signature, version, number of streams at 8, offset of their directory at 12.</summary>
    private const int HeaderSize = 16;

    /// <summary>MINIDUMP_DIRECTORY: type at 0, size at 4, offset at 8. Real dumps have about twenty.</summary>
    private const int DirectoryEntrySize = 12;
    private const int MostStreams = 1024;

    private readonly SafeFileHandle _file;
    private readonly byte* _piece = (byte*)NativeMemory.Alloc(PieceSize);
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

    /// <summary>Bytes of the file, valid until the next call; fewer than asked for where it ends, and at most what a piece holds.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public ReadOnlySpan<byte> Read(long offset, int length)
    {
        if (offset < _start || offset + length > _start + _length)
            Load(offset);
        return new ReadOnlySpan<byte>(_piece + (offset - _start), Math.Min(length, _length - (int)(offset - _start)));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        NativeMemory.Free(_piece);
    }

    private void Load(long offset)
    {
        (_start, _length) = (offset, 0);
        while (_length < PieceSize && RandomAccess.Read(_file, new Span<byte>(_piece + _length, PieceSize - _length), offset + _length) is > 0 and var read)
            _length += read;
    }

    /// <summary>Whether the file is a minidump with this very list of threads.</summary>
    private bool Holds(ReadOnlySpan<byte> threadList)
    {
        ReadOnlySpan<byte> header = Read(0, HeaderSize);
        if (header.Length < HeaderSize || !header.StartsWith("MDMP"u8))
            return false;
        int streams = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(header[8..]), MostStreams);
        ReadOnlySpan<byte> entries = Read(BinaryPrimitives.ReadUInt32LittleEndian(header[12..]), streams * DirectoryEntrySize);
        for (; entries.Length >= DirectoryEntrySize; entries = entries[DirectoryEntrySize..])
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(entries) == (uint)DumpStream.ThreadList)
                return IsAt(BinaryPrimitives.ReadUInt32LittleEndian(entries[8..]), threadList);
        }

        return false;
    }

    private bool IsAt(long offset, ReadOnlySpan<byte> expected)
    {
        while (!expected.IsEmpty)
        {
            int length = Math.Min(expected.Length, PieceSize);
            if (!Read(offset, length).SequenceEqual(expected[..length]))
                return false;
            offset += length;
            expected = expected[length..];
        }

        return true;
    }
}

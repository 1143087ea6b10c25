using Microsoft.Win32.SafeHandles;

namespace KCallbacks.Dumps.Format;

/// <summary>
/// The bytes of a dump's file. What lies past its end is not there, which is no error: dumps are cut off by full disks and broken
/// uploads. The file is read, not mapped: a mapped file that is shortened by somebody else ends the process.
/// </summary>
internal sealed class DumpBytes : IDisposable
{
    /// <summary>Structures, stacks and unwind data are read in small pieces that lie close together.</summary>
    private const int BlockSize = 0x2000;

    private const int Blocks = 64;

    /// <summary>Zeros with which a small dump may end; a file whose length was set before it was written ends with more.</summary>
    private const ulong BlankTail = 0x1_0000;

    /// <summary>The part of a large dump that may be zeros at its end: memory that a process reserved and did not use yet.</summary>
    private const ulong BlankPart = 64;

    private readonly SafeFileHandle _file;
    private readonly byte[]?[] _blocks = new byte[]?[Blocks];
    private readonly ulong[] _blockNumbers = new ulong[Blocks];

    private DumpBytes(SafeFileHandle file)
    {
        _file = file;
        ulong length = (ulong)RandomAccess.GetLength(file);
        ulong written = Written(length);
        HasBlankTail = length - written >= Math.Max(BlankTail, length / BlankPart);
        Length = HasBlankTail ? written : length;
    }

    /// <summary>Bytes of the file, without zeros at its end that nobody can have written.</summary>
    public ulong Length { get; }

    /// <summary>Whether the file goes on after <see cref="Length"/> with zeros alone.</summary>
    public bool HasBlankTail { get; }

    /// <summary>Opens a file; other programs may go on writing it.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    public static DumpBytes Open(string path)
    {
        SafeFileHandle file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        try
        {
            return new DumpBytes(file);
        }
        catch (NotSupportedException)
        {
            file.Dispose();
            throw new IOException("a dump is read at many places, so it must be a file on a disk");
        }
    }

    /// <summary>Reads bytes, as far as the file has them.</summary>
    /// <returns>How many were read.</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public int Read(ulong offset, Span<byte> destination)
    {
        if (offset >= Length)
            return 0;
        Span<byte> wanted = destination[..(int)Math.Min((ulong)destination.Length, Length - offset)];
        if (wanted.Length >= BlockSize)
            return ReadFile(offset, wanted);

        int done = 0;
        while (done < wanted.Length)
        {
            ulong position = offset + (ulong)done;
            ReadOnlySpan<byte> block = Block(position / BlockSize).AsSpan();
            int start = (int)(position % BlockSize);
            if (start >= block.Length)
                break;
            int count = Math.Min(block.Length - start, wanted.Length - done);
            block.Slice(start, count).CopyTo(wanted[done..]);
            done += count;
        }

        return done;
    }

    /// <summary>Whether all of a part lies in the file.</summary>
    public bool Holds(FilePart part) => part.Offset <= Length && part.Size <= Length - part.Offset;

    /// <summary>Whether all of a structure could be read.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public bool TryRead(ulong offset, Span<byte> structure) => Read(offset, structure) == structure.Length;

    /// <summary>Reads a part as far as the file has it.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public byte[] Read(FilePart part)
    {
        ulong there = part.Offset >= Length ? 0 : Math.Min(part.Size, Length - part.Offset);
        byte[] bytes = new byte[Math.Min(there, (ulong)Array.MaxLength)];
        return bytes[..Read(part.Offset, bytes)];
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The file's length without the zeros at its end.</summary>
    private ulong Written(ulong length)
    {
        Span<byte> piece = stackalloc byte[BlockSize];
        while (length > 0)
        {
            Span<byte> last = piece[..(int)Math.Min(length, BlockSize)];
            int end = last[..ReadFile(length - (ulong)last.Length, last)].LastIndexOfAnyExcept((byte)0) + 1;
            length -= (ulong)(last.Length - end);
            if (end > 0)
                break;
        }

        return length;
    }

    private byte[] Block(ulong number)
    {
        int slot = (int)(number % Blocks);
        if (_blocks[slot] is { } kept && _blockNumbers[slot] == number)
            return kept;

        byte[] block = new byte[BlockSize];
        int read = ReadFile(number * BlockSize, block);
        _blockNumbers[slot] = number;
        return _blocks[slot] = read == BlockSize ? block : block[..read];
    }

    private int ReadFile(ulong offset, Span<byte> destination)
    {
        int done = 0;
        while (done < destination.Length && RandomAccess.Read(_file, destination[done..], (long)offset + done) is > 0 and var read)
            done += read;
        return done;
    }
}

using System.Buffers.Binary;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;

namespace KCallbacks.Dumps.Tests;

/// <summary>The bytes of a generated dump, to be damaged.</summary>
internal sealed class DumpImage
{
    private const int ThreadSize = 48;

    private static readonly Lock Gate = new();

    private readonly byte[] _bytes;

    private DumpImage(UserDump dump, byte[] bytes)
    {
        Dump = dump;
        _bytes = bytes;
    }

    /// <summary>What was generated.</summary>
    public UserDump Dump { get; }

    public int Length => _bytes.Length;

    public static DumpImage Of(string plan)
    {
        // The generator's folder is shared.
        lock (Gate)
        {
            (UserDump dump, string path) = FixtureFolder.OfRepository.Generate(UserCases.All.Single(candidate => candidate.Name == plan));
            return new DumpImage(dump, File.ReadAllBytes(path));
        }
    }

    public DumpImage Cut(int length) => new(Dump, _bytes[..length]);

    /// <summary>As a file whose length was set before it was written, and whose writing stopped.</summary>
    public DumpImage Zeroed(int from)
    {
        byte[] bytes = [.. _bytes];
        bytes.AsSpan(from).Clear();
        return new(Dump, bytes);
    }

    public DumpImage With(int offset, ReadOnlySpan<byte> bytes)
    {
        byte[] changed = [.. _bytes];
        bytes.CopyTo(changed.AsSpan(offset));
        return new(Dump, changed);
    }

    public DumpImage With(int offset, uint number)
    {
        byte[] changed = [.. _bytes];
        BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(offset), number);
        return new(Dump, changed);
    }

    /// <summary>Puts a stream of this type where the process's id was, which nothing needs.</summary>
    public DumpImage WithStream(uint type, byte[] stream)
    {
        int entry = EntryOf(15);
        return new DumpImage(Dump, [.. _bytes, .. stream])
            .With(entry, type)
            .With(entry + 4, (uint)stream.Length)
            .With(entry + 8, (uint)_bytes.Length);
    }

    /// <summary>Where a stream's bytes lie.</summary>
    public int OffsetOf(uint type) => (int)UInt32(EntryOf(type) + 8);

    /// <summary>Where the entry of a thread lies.</summary>
    public int ThreadAt(int index) => OffsetOf(3) + sizeof(uint) + (index * ThreadSize);

    public ReadOnlySpan<byte> Bytes(int offset, int count) => _bytes.AsSpan(offset, count);

    public uint UInt32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(offset));

    /// <summary>Writes it to a file for the time of a test.</summary>
    public void Use(Action<string> test)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, _bytes);
            test(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private int EntryOf(uint type)
    {
        const int HeaderSize = 32;
        const int EntrySize = 12;
        uint streams = UInt32(8);
        return Enumerable.Range(0, (int)streams).Select(i => HeaderSize + (i * EntrySize)).First(entry => UInt32(entry) == type);
    }
}

using System.Buffers.Binary;
using KCallbacks.Scanning.Unwinding;

namespace KCallbacks.Dumps.Format;

/// <summary>
/// Code that lies in no module, as Windows had it registered when the dump was written: the stream of function tables
/// (<c>MINIDUMP_FUNCTION_TABLE_STREAM</c>, minidumpapiset.h). Runtimes of .NET register what they compile.
/// </summary>
internal sealed class FunctionTables : IGeneratedCode
{
    /// <summary>Far more than the largest program compiles.</summary>
    private const ulong Largest = 64 << 20;

    private const int HeaderSize = 24;
    private const int DescriptorSize = 32;

    /// <summary>RUNTIME_FUNCTION of x64.</summary>
    private const int EntrySize = 12;

    private readonly List<Table> _tables;

    private FunctionTables(List<Table> tables) => _tables = tables;

    /// <summary>Reads the tables of an x64 process; null where the dump has none, or they are not of its form.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static FunctionTables? Read(DumpBytes file, StreamDirectory directory)
    {
        if (directory.Find(StreamType.FunctionTable) is not { } part || part.Size > Largest)
            return null;
        byte[] bytes = file.Read(part);
        if (bytes.Length < HeaderSize || Field.UInt32(bytes, 12) != EntrySize)
            return null;
        List<Table> tables = TablesIn(bytes);
        tables.Sort((left, right) => left.First.CompareTo(right.First));
        return tables.Count == 0 ? null : new FunctionTables(tables);
    }

    /// <inheritdoc/>
    public GeneratedFunction? FunctionAt(ulong address)
    {
        int low = 0;
        int high = _tables.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (_tables[middle].First > address)
                high = middle - 1;
            else
                low = middle + 1;
        }

        return high >= 0 && address < _tables[high].End ? _tables[high].Function : null;
    }

    /// <summary>Each table is a descriptor, the system's own, which nothing is known of here, and the functions.</summary>
    private static List<Table> TablesIn(ReadOnlySpan<byte> bytes)
    {
        uint headerSize = Field.UInt32(bytes, 0);
        uint descriptorSize = Field.UInt32(bytes, 4);
        uint nativeSize = Field.UInt32(bytes, 8);
        uint count = Field.UInt32(bytes, 16);
        ulong at = (ulong)headerSize + Field.UInt32(bytes, 20);
        List<Table> tables = [];
        if (headerSize < HeaderSize || descriptorSize < DescriptorSize)
            return tables;
        for (uint i = 0; i < count && at + descriptorSize <= (ulong)bytes.Length; i++)
        {
            ReadOnlySpan<byte> descriptor = bytes[(int)at..];
            ulong functions = at + descriptorSize + nativeSize;
            ulong size = (ulong)Field.UInt32(descriptor, 24) * EntrySize;
            if (functions + size > (ulong)bytes.Length)
                break;
            if (TableOf(descriptor, bytes.Slice((int)functions, (int)size)) is { } table)
                tables.Add(table);
            at = functions + size + Field.UInt32(descriptor, 28);
        }

        return tables;
    }

    private static Table? TableOf(ReadOnlySpan<byte> descriptor, ReadOnlySpan<byte> functions)
    {
        ulong first = BinaryPrimitives.ReadUInt64LittleEndian(descriptor);
        ulong end = BinaryPrimitives.ReadUInt64LittleEndian(descriptor[8..]);
        ulong start = BinaryPrimitives.ReadUInt64LittleEndian(descriptor[16..]);
        // Offsets have 32 bits; the unwind data may lie anywhere in their reach.
        return functions.IsEmpty || end <= first || first < start || end - start > uint.MaxValue
            ? null
            : new Table(first, end, new GeneratedFunction(start, uint.MaxValue, Sorted(functions)));
    }

    private static byte[] Sorted(ReadOnlySpan<byte> functions)
    {
        byte[][] entries = [.. functions.ToArray().Chunk(EntrySize).OrderBy(entry => Field.UInt32(entry, 0))];
        return [.. entries.SelectMany(entry => entry)];
    }

    /// <summary>A table and the addresses it is for.</summary>
    private sealed record Table(ulong First, ulong End, GeneratedFunction Function);
}

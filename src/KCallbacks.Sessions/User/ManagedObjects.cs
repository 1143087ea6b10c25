using System.Buffers.Binary;
using KCallbacks.DbgEng.Clr;
using KCallbacks.Detection.Managed;
using KCallbacks.Detection.Model;

namespace KCallbacks.Sessions.User;

/// <summary>The objects of a runtime, by the data access component that the engine has.</summary>
/// <param name="data">The runtime's data.</param>
/// <param name="process">Reads memory.</param>
internal sealed class ManagedObjects(ClrData data, IProcessView process) : IManagedObjects
{
    /// <summary>The header of an object and the alignment before it, which the size of a type counts.</summary>
    private const uint HeaderSize = 8;

    /// <summary>Larger than the fields of any type; the size of a damaged one must not make anybody read more.</summary>
    private const uint LargestSize = 0x1_0000;

    /// <summary>The lowest bits of an object's first word are the collector's.</summary>
    private const ulong TypeMask = ~7UL;

    private readonly Lazy<RuntimeThreads> _threads = new(() => new RuntimeThreads(data));
    private readonly Dictionary<ulong, (string Name, uint Size)?> _types = [];
    private int? _handleOffset;

    /// <inheritdoc/>
    public ManagedObject? At(ulong address)
    {
        if (address % sizeof(ulong) != 0 || address == 0 || Word(address) is not { } first)
            return null;
        ulong type = first & TypeMask;
        if (!_types.TryGetValue(type, out (string Name, uint Size)? known))
            _types[type] = known = TypeOf(type);
        return known is { } found ? new ManagedObject(address, found.Name, found.Size) : null;
    }

    /// <inheritdoc/>
    public uint? ThreadAt(ulong record) => _threads.Value.At(record);

    /// <inheritdoc/>
    /// <remarks>
    /// The component does not tell it. The runtime's record of a thread has a handle to the object, and the object points back at the record,
    /// which nothing else does; the handle lies at the same place in all records.
    /// </remarks>
    public ulong? ThreadObjectOf(uint systemId)
    {
        if (_threads.Value.RecordOf(systemId) is not { } record)
            return null;
        if (_handleOffset is { } offset)
            return ObjectOf(record, offset);
        for (int candidate = 0; candidate < RuntimeThreads.RecordSize; candidate += sizeof(ulong))
        {
            if (ObjectOf(record, candidate) is not { } found)
                continue;
            _handleOffset = candidate;
            return found;
        }

        return null;
    }

    private ulong? ObjectOf(ulong record, int offset)
    {
        if (Word(record + (ulong)offset) is not { } handle || handle % sizeof(ulong) != 0 || Word(handle) is not { } address || At(address) is not { } thread)
            return null;
        byte[] fields = new byte[thread.Size];
        return thread.Type == "System.Threading.Thread" && process.TryRead(address, fields) && PointsAt(fields, record) ? address : null;
    }

    private static bool PointsAt(ReadOnlySpan<byte> fields, ulong record)
    {
        for (; fields.Length >= sizeof(ulong); fields = fields[sizeof(ulong)..])
        {
            if (BinaryPrimitives.ReadUInt64LittleEndian(fields) == record)
                return true;
        }

        return false;
    }

    private (string Name, uint Size)? TypeOf(ulong type)
    {
        // Most words that are no types are small, or point at nothing.
        if (Word(type) is null || data.NameOfType(type) is not { } name || !data.TryGetType(type, out ClrType found).Succeeded)
            return null;
        return found is { IsFree: 0, BaseSize: > HeaderSize and <= LargestSize } ? (name, found.BaseSize - HeaderSize) : null;
    }

    private ulong? Word(ulong address)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        return process.TryRead(address, bytes) ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : null;
    }
}

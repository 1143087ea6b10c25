using System.Buffers.Binary;
using KCallbacks.DbgEng.Clr;
using KCallbacks.Detection.Managed;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

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

    /// <summary>Bytes of a <c>Thread</c> object in which it points at the record.</summary>
    private const int ThreadObjectSize = 0x48;

    /// <summary>The lowest bits of an object's first word are the collector's.</summary>
    private const ulong TypeMask = ~7UL;

    private readonly Lazy<RuntimeThreads> _threads = new(() => new RuntimeThreads(data));
    private readonly Dictionary<ulong, (string Name, uint Size)?> _types = [];
    private uint? _handleOffset;

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
            return Word(record + offset) is { } handle ? ObjectOf(record, handle) : null;
        Span<byte> fields = stackalloc byte[RuntimeThreads.RecordSize];
        if (!process.TryRead(record, fields))
            return null;
        for (int candidate = 0; candidate < fields.Length; candidate += sizeof(ulong))
        {
            if (ObjectOf(record, BinaryPrimitives.ReadUInt64LittleEndian(fields[candidate..])) is not { } found)
                continue;
            _handleOffset = (uint)candidate;
            return found;
        }

        return null;
    }

    /// <summary>The component is asked last: that something is no type costs it more than all that is read before.</summary>
    private ulong? ObjectOf(ulong record, ulong handle)
    {
        Span<byte> fields = stackalloc byte[ThreadObjectSize];
        if (handle is < AddressSpace.LowestMapped || handle % sizeof(ulong) != 0 || Word(handle) is not { } address || address % sizeof(ulong) != 0)
            return null;
        return process.TryRead(address, fields) && PointsAt(fields, record) && At(address) is { Type: ManagedOwners.ThreadType } ? address : null;
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

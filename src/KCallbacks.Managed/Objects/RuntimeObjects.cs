using KCallbacks.Detection.Managed;
using KCallbacks.Managed.Contracts;
using KCallbacks.Managed.Names;

namespace KCallbacks.Managed.Objects;

/// <summary>The objects of a runtime, as the contracts Object and RuntimeTypeSystem describe them.</summary>
/// <param name="memory">The runtime's data.</param>
/// <param name="assemblies">The metadata of its assemblies.</param>
internal sealed class RuntimeObjects(RuntimeMemory memory, LoadedAssemblies assemblies) : IManagedObjects
{
    /// <summary>The header of an object and the alignment before it, which the size of a type counts.</summary>
    private const uint HeaderSize = 8;

    /// <summary>Larger than the fields of any type; the size of a damaged one must not make anybody read more.</summary>
    private const uint LargestSize = 0x1_0000;

    /// <summary>The lowest bits of an object's first word are the collector's.</summary>
    private readonly ulong _typeMask = ~(memory.Descriptor.Global("ObjectToMethodTableUnmask") ?? 7);

    private readonly TypeNames _names = new(memory, assemblies);
    private readonly Lazy<RuntimeThreads> _threads = new(() => new RuntimeThreads(memory));
    private readonly Dictionary<ulong, (string Type, uint Size)?> _types = [];

    /// <inheritdoc/>
    public ManagedObject? At(ulong address)
    {
        if (address % sizeof(ulong) != 0 || (memory.Pointer(address, "Object", "m_pMethTab") & _typeMask) is not { } table)
            return null;
        if (!_types.TryGetValue(table, out (string Type, uint Size)? type))
            _types[table] = type = TypeOf(table);
        return type is { } known ? new ManagedObject(address, known.Type, known.Size) : null;
    }

    /// <inheritdoc/>
    public uint? ThreadAt(ulong record) => _threads.Value.At(record);

    /// <inheritdoc/>
    public ulong? ThreadObjectOf(uint systemId) => _threads.Value.ObjectOf(systemId);

    private (string Type, uint Size)? TypeOf(ulong table)
    {
        if (_names.Of(table) is not { } name || memory.UInt32(table, "MethodTable", "BaseSize") is not { } size || size is <= HeaderSize or > LargestSize)
            return null;
        return (name, size - HeaderSize);
    }
}

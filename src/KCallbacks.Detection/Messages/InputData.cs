using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Messages;

/// <summary>The input data of one callback, read by the role of its fields.</summary>
internal readonly ref struct InputData
{
    private readonly StackBytes _stack;
    private readonly ulong _address;
    private readonly InputLayout _layout;

    public InputData(in StackBytes stack, ulong address, InputLayout layout)
    {
        _stack = stack;
        _address = address;
        _layout = layout;
    }

    /// <summary>Whether the data has a field with the role.</summary>
    public bool Has(InputRole role) => _layout.OffsetOf(role) is not null;

    /// <summary>A pointer-sized field; null when there is none or it is not readable.</summary>
    public ulong? Pointer(InputRole role) => _layout.OffsetOf(role) is { } offset ? PointerAt(offset) : null;

    /// <summary>A field of 4 bytes; null when there is none or it is not readable.</summary>
    public uint? Number(InputRole role) => _layout.OffsetOf(role) is { } offset ? NumberAt(offset) : null;

    /// <summary>The second parameter of the procedure; null when the data does not tell.</summary>
    public ulong? SecondParameter()
    {
        if (_layout.OffsetOf(InputRole.Structure) is not { } structure)
            return Pointer(InputRole.LParam);
        return Has(InputRole.HasStructure) && Pointer(InputRole.HasStructure) is 0 ? 0 : _address + structure;
    }

    /// <summary>4 bytes of the field with a role; null when they are not readable.</summary>
    /// <param name="role">The role.</param>
    /// <param name="offset">Offset into the field.</param>
    public uint? NumberIn(InputRole role, uint offset) => _layout.OffsetOf(role) is { } field ? NumberAt(field + offset) : null;

    /// <summary>Bytes of a pointer.</summary>
    public uint PointerSize => _layout.PointerSize;

    private ulong? PointerAt(uint offset)
    {
        if (_layout.PointerSize == sizeof(uint))
            return NumberAt(offset);
        return _stack.TryReadUInt64(_address + offset, out ulong value) ? value : null;
    }

    private uint? NumberAt(uint offset) => _stack.TryReadUInt32(_address + offset, out uint value) ? value : null;
}

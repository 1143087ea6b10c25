using System.Buffers.Binary;
using KCallbacks.Detection.Model;

namespace KCallbacks.Managed.Contracts;

/// <summary>The runtime's data, read field by field. Whatever is missing reads as null, and null goes on.</summary>
/// <param name="process">The process.</param>
/// <param name="descriptor">Where the fields lie.</param>
internal sealed class RuntimeMemory(IProcessView process, ContractDescriptor descriptor)
{
    /// <summary>The descriptor.</summary>
    public ContractDescriptor Descriptor => descriptor;

    /// <summary>The pointer in a field of an object.</summary>
    public ulong? Pointer(ulong? address, string type, string field) => PointerAt(AddressOf(address, type, field));

    /// <summary>The 32-bit number in a field of an object.</summary>
    public uint? UInt32(ulong? address, string type, string field) => UInt32At(AddressOf(address, type, field));

    /// <summary>The 16-bit number in a field of an object.</summary>
    public ushort? UInt16(ulong? address, string type, string field)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        return AddressOf(address, type, field) is { } at && process.TryRead(at, bytes) ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : null;
    }

    /// <summary>The byte in a field of an object.</summary>
    public byte? Byte(ulong? address, string type, string field)
    {
        Span<byte> bytes = stackalloc byte[1];
        return AddressOf(address, type, field) is { } at && process.TryRead(at, bytes) ? bytes[0] : null;
    }

    /// <summary>Where a field of an object lies.</summary>
    public ulong? AddressOf(ulong? address, string type, string field) => address is { } start and not 0 ? start + descriptor.OffsetOf(type, field) : null;

    /// <summary>A pointer.</summary>
    public ulong? PointerAt(ulong? address)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        return address is { } at && process.TryRead(at, bytes) ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : null;
    }

    /// <summary>A 32-bit number.</summary>
    public uint? UInt32At(ulong? address)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        return address is { } at && process.TryRead(at, bytes) ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : null;
    }

    /// <summary>Bytes, all of them.</summary>
    public byte[]? Bytes(ulong? address, int count)
    {
        byte[] bytes = new byte[count];
        return address is { } at && process.TryRead(at, bytes) ? bytes : null;
    }
}

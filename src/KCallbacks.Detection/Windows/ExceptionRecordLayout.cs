using System.Buffers.Binary;

namespace KCallbacks.Detection.Windows;

/// <summary>An <c>EXCEPTION_RECORD</c> in the memory of a process (<c>winnt.h</c>): code, flags, the record it is nested in, address.</summary>
public static class ExceptionRecordLayout
{
    /// <summary>Bytes to read, of either kind of process.</summary>
    public const int Length = AddressOf64Bits + sizeof(ulong);

    private const int AddressOf32Bits = 0xc;
    private const int AddressOf64Bits = 0x10;

    /// <summary>The exception's code.</summary>
    public static uint CodeOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32LittleEndian(record);

    /// <summary>Where it happened.</summary>
    /// <param name="record">The record.</param>
    /// <param name="is32Bit">Whether addresses have 32 bits.</param>
    public static ulong AddressOf(ReadOnlySpan<byte> record, bool is32Bit) => is32Bit
        ? BinaryPrimitives.ReadUInt32LittleEndian(record[AddressOf32Bits..])
        : BinaryPrimitives.ReadUInt64LittleEndian(record[AddressOf64Bits..]);
}

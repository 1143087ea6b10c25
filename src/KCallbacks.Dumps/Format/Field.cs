using System.Buffers.Binary;

namespace KCallbacks.Dumps.Format;

/// <summary>Numbers of a dump's structures, which are little-endian.</summary>
internal static class Field
{
    public static ushort UInt16(ReadOnlySpan<byte> structure, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(structure[offset..]);

    public static uint UInt32(ReadOnlySpan<byte> structure, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(structure[offset..]);

    public static ulong UInt64(ReadOnlySpan<byte> structure, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(structure[offset..]);
}

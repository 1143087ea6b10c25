using System.Buffers.Binary;

namespace KCallbacks.Detection.Model;

/// <summary>The registers that a called x64 function preserves: what a walk needs beside instruction and stack pointer.</summary>
public readonly record struct X64Registers(
    ulong Rbx, ulong Rbp, ulong Rsi, ulong Rdi, ulong R12, ulong R13, ulong R14, ulong R15)
{
    /// <summary>Takes them from a CONTEXT (<c>winnt.h</c>, x64).</summary>
    /// <param name="context">At least its first 0xf8 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is shorter.</exception>
    public static X64Registers OfContext(ReadOnlySpan<byte> context) => new(
        Rbx: UInt64(context, 0x90),
        Rbp: UInt64(context, 0xa0),
        Rsi: UInt64(context, 0xa8),
        Rdi: UInt64(context, 0xb0),
        R12: UInt64(context, 0xd8),
        R13: UInt64(context, 0xe0),
        R14: UInt64(context, 0xe8),
        R15: UInt64(context, 0xf0));

    private static ulong UInt64(ReadOnlySpan<byte> context, int offset) =>
        BinaryPrimitives.ReadUInt64LittleEndian(context[offset..]);
}

using System.Buffers.Binary;

namespace KCallbacks.Detection.Model;

/// <summary>The registers that a called x64 function preserves: what a walk needs beside instruction and stack pointer.</summary>
public readonly record struct X64Registers(
    ulong Rbx, ulong Rbp, ulong Rsi, ulong Rdi, ulong R12, ulong R13, ulong R14, ulong R15)
{
    private const int RbxOffset = 0x90, RbpOffset = 0xa0, RsiOffset = 0xa8, RdiOffset = 0xb0;
    private const int R12Offset = 0xd8, R13Offset = 0xe0, R14Offset = 0xe8, R15Offset = 0xf0;

    /// <summary>Takes them from a CONTEXT (<c>winnt.h</c>, x64).</summary>
    /// <param name="context">At least its first 0xf8 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is shorter.</exception>
    public static X64Registers OfContext(ReadOnlySpan<byte> context) => new(
        Rbx: UInt64(context, RbxOffset),
        Rbp: UInt64(context, RbpOffset),
        Rsi: UInt64(context, RsiOffset),
        Rdi: UInt64(context, RdiOffset),
        R12: UInt64(context, R12Offset),
        R13: UInt64(context, R13Offset),
        R14: UInt64(context, R14Offset),
        R15: UInt64(context, R15Offset));

    /// <summary>Puts them into a CONTEXT.</summary>
    /// <param name="context">At least its first 0xf8 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is shorter.</exception>
    public void CopyTo(Span<byte> context)
    {
        foreach ((int offset, ulong value) in (ReadOnlySpan<(int, ulong)>)
        [
            (RbxOffset, Rbx), (RbpOffset, Rbp), (RsiOffset, Rsi), (RdiOffset, Rdi),
            (R12Offset, R12), (R13Offset, R13), (R14Offset, R14), (R15Offset, R15),
        ])
        {
            BinaryPrimitives.WriteUInt64LittleEndian(context[offset..], value);
        }
    }

    private static ulong UInt64(ReadOnlySpan<byte> context, int offset) =>
        BinaryPrimitives.ReadUInt64LittleEndian(context[offset..]);
}

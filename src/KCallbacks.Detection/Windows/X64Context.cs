using System.Buffers.Binary;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Windows;

/// <summary>The registers in an x64 CONTEXT (<c>winnt.h</c>); where instruction and stack pointer lie says <see cref="CpuLayout"/>.</summary>
public static class X64Context
{
    private const int Rax = 0x78, Rcx = 0x80, Rdx = 0x88, Rbx = 0x90, Rbp = 0xa0, Rsi = 0xa8, Rdi = 0xb0, R8 = 0xb8;
    private const int R9 = 0xc0, R10 = 0xc8, R11 = 0xd0, R12 = 0xd8, R13 = 0xe0, R14 = 0xe8, R15 = 0xf0;

    /// <summary>The registers that functions preserve.</summary>
    /// <param name="context">At least its first 0xf8 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is shorter.</exception>
    public static X64Registers PreservedOf(ReadOnlySpan<byte> context) => new(
        ValueAt(context, Rbx),
        ValueAt(context, Rbp),
        ValueAt(context, Rsi),
        ValueAt(context, Rdi),
        ValueAt(context, R12),
        ValueAt(context, R13),
        ValueAt(context, R14),
        ValueAt(context, R15));

    /// <summary>The registers that carry a system call's number and arguments.</summary>
    /// <param name="context">At least its first 0xd8 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is shorter.</exception>
    public static X64CallRegisters CallOf(ReadOnlySpan<byte> context) => new(
        ValueAt(context, Rax),
        ValueAt(context, Rcx),
        ValueAt(context, Rdx),
        ValueAt(context, R8),
        ValueAt(context, R9),
        ValueAt(context, R10),
        ValueAt(context, R11));

    /// <summary>Puts the registers that functions preserve into a CONTEXT.</summary>
    /// <param name="registers">The registers.</param>
    /// <param name="context">At least its first 0xf8 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is shorter.</exception>
    public static void Write(X64Registers registers, Span<byte> context)
    {
        foreach ((int offset, ulong value) in (ReadOnlySpan<(int, ulong)>)
        [
            (Rbx, registers.Rbx), (Rbp, registers.Rbp), (Rsi, registers.Rsi), (Rdi, registers.Rdi),
            (R12, registers.R12), (R13, registers.R13), (R14, registers.R14), (R15, registers.R15),
        ])
        {
            BinaryPrimitives.WriteUInt64LittleEndian(context[offset..], value);
        }
    }

    private static ulong ValueAt(ReadOnlySpan<byte> context, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(context[offset..]);
}

using System.Buffers.Binary;

namespace KCallbacks.Detection.Model;

/// <summary>
/// The registers that carry a system call's number and arguments. Windows 10 and later leave them in the context of a blocked thread;
/// whether they are, each thread must show itself.
/// </summary>
public readonly record struct X64CallRegisters(ulong Rax, ulong Rcx, ulong Rdx, ulong R8, ulong R9, ulong R10, ulong R11)
{
    /// <summary>Takes them from a CONTEXT (<c>winnt.h</c>, x64).</summary>
    /// <param name="context">At least its first 0xd8 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is shorter.</exception>
    public static X64CallRegisters OfContext(ReadOnlySpan<byte> context) => new(
        Rax: UInt64(context, 0x78),
        Rcx: UInt64(context, 0x80),
        Rdx: UInt64(context, 0x88),
        R8: UInt64(context, 0xb8),
        R9: UInt64(context, 0xc0),
        R10: UInt64(context, 0xc8),
        R11: UInt64(context, 0xd0));

    private static ulong UInt64(ReadOnlySpan<byte> context, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(context[offset..]);
}

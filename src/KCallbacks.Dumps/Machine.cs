using System.Buffers.Binary;
using KCallbacks.Detection.Model;

namespace KCallbacks.Dumps;

/// <summary>What has to be known of a processor to read its threads.</summary>
/// <param name="Architecture">Its name here.</param>
/// <param name="PointerSize">Bytes of an address.</param>
/// <param name="ContextSize">Bytes of its CONTEXT (winnt.h).</param>
/// <param name="InstructionPointer">Offset of Rip, Eip or Pc in the CONTEXT.</param>
/// <param name="StackPointer">Offset of Rsp, Esp or Sp in the CONTEXT.</param>
/// <param name="ProcessBlock">Offset of <c>ProcessEnvironmentBlock</c> in the TEB.</param>
internal sealed record Machine(
    Architecture Architecture, int PointerSize, int ContextSize, int InstructionPointer, int StackPointer, ulong ProcessBlock)
{
    private static readonly Machine[] All =
    [
        new(Architecture.X64, 8, 0x4d0, 0xf8, 0x98, 0x60),
        new(Architecture.X86, 4, 0x2cc, 0xb8, 0xc4, 0x30),
        new(Architecture.Arm64, 8, 0x390, 0x108, 0x100, 0x60),
        new(Architecture.Arm32, 4, 0x1a0, 0x40, 0x38, 0x30),
    ];

    /// <summary>Offset of <c>NT_TIB.StackBase</c> in the TEB, behind the exception list.</summary>
    public ulong StackBase => (ulong)PointerSize;

    /// <summary>The machine of a dump by <c>PROCESSOR_ARCHITECTURE_*</c> (winnt.h); null for one that Windows callbacks are not known of.</summary>
    public static Machine? Of(ushort processor) => processor switch
    {
        9 => All[0],
        0 => All[1],
        12 => All[2],
        5 => All[3],
        _ => null,
    };

    /// <summary>An address from its little-endian bytes.</summary>
    public ulong ToAddress(ReadOnlySpan<byte> bytes) => PointerSize == sizeof(uint)
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}

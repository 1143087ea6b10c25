using System.Buffers.Binary;
using System.Collections.Immutable;

namespace KCallbacks.Detection.Windows;

/// <summary>Where the 64-bit half of a WoW64 thread keeps what belongs to the other one.</summary>
/// <remarks>
/// Offsets in the 64-bit TEB are those of public symbols. The registers of the 32-bit half: "WOW64_CONTEXT" of Microsoft's documentation (slot 1,
/// at offset 4; Vista to 8.1), WOW64_CPURESERVED of Windows 10 (Wine's RtlWow64GetCpuAreaInfo and its tests). Slot 0: public listings of wow64cpu.
/// </remarks>
public static class Wow64Layout
{
    /// <summary>Code segment of 32-bit code in an x64 CONTEXT.</summary>
    public const ushort Code32 = 0x23;

    /// <summary>Where SegCs lies in an x64 CONTEXT.</summary>
    public const int CodeSegmentOffset = 0x38;

    /// <summary><c>NT_TIB.ExceptionList</c> of the 64-bit TEB, which holds the address of the 32-bit one.</summary>
    public const uint ThreadBlock32 = 0x00;

    /// <summary>How far from the 64-bit TEB the 32-bit one lies (Windows 10 and later).</summary>
    public const uint ThreadBlock32Distance = 0x180c;

    /// <summary>Where a 32-bit TEB has its own address (<c>NT_TIB.Self</c>).</summary>
    public const uint SelfInThreadBlock32 = 0x18;

    /// <summary>TlsSlots[0]: the 64-bit stack pointer while 32-bit code runs; 0 otherwise.</summary>
    public const uint NativeStackPointer = 0x1480;

    /// <summary>TlsSlots[1]: the CPU area, with the registers of the 32-bit half while 64-bit code runs.</summary>
    public const uint CpuArea = 0x1488;

    /// <summary>Where the machine lies in a CPU area of Windows 10 and later (16 bits).</summary>
    public const int MachineInCpuArea = 2;

    /// <summary>Where the CONTEXT lies in a CPU area.</summary>
    public const int ContextInCpuArea = 4;

    /// <summary>What <c>ContextFlags</c> of an x86 CONTEXT begins with.</summary>
    public const uint ContextFlagsOfX86 = 0x1_0000;

    /// <summary>The first build whose CPU area names its machine.</summary>
    public const int FirstBuildWithMachine = 10240;

    /// <summary>The registers of an x64 CONTEXT that 32-bit code uses, and where an x86 CONTEXT has them (<c>winnt.h</c>).</summary>
    private static readonly ImmutableArray<(int X64, int X86)> SharedRegisters =
    [
        (0xb0, 0x9c), // edi
        (0xa8, 0xa0), // esi
        (0x90, 0xa4), // ebx
        (0x88, 0xa8), // edx
        (0x80, 0xac), // ecx
        (0x78, 0xb0), // eax
        (0xa0, 0xb4), // ebp
        (0xf8, 0xb8), // eip
        (0x44, 0xc0), // eflags
        (0x98, 0xc4), // esp
    ];

    /// <summary>The x86 CONTEXT of a thread that runs 32-bit code, from its x64 one.</summary>
    /// <param name="context">An x64 CONTEXT.</param>
    public static byte[] ContextOfRunning(ReadOnlySpan<byte> context)
    {
        const uint controlAndInteger = ContextFlagsOfX86 | 3;
        byte[] result = new byte[CpuLayout.X86.ContextSize];
        BinaryPrimitives.WriteUInt32LittleEndian(result, controlAndInteger);
        foreach ((int from, int to) in SharedRegisters)
            context.Slice(from, sizeof(uint)).CopyTo(result.AsSpan(to));
        return result;
    }
}

using System.Buffers.Binary;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Windows;

/// <summary>What has to be known of a processor to read threads: its CONTEXT (<c>winnt.h</c>) and the beginning of its TEB.</summary>
/// <param name="Machine">Its <c>IMAGE_FILE_MACHINE_*</c> number.</param>
/// <param name="Processor">Its <c>PROCESSOR_ARCHITECTURE_*</c> number.</param>
/// <param name="Architecture">Its name here.</param>
/// <param name="PointerSize">Bytes of an address.</param>
/// <param name="ContextSize">Bytes of a CONTEXT.</param>
/// <param name="InstructionPointerOffset">Where Rip, Eip or Pc lies in it.</param>
/// <param name="StackPointerOffset">Where Rsp, Esp or Sp lies in it.</param>
/// <param name="ProcessBlockOffset">Where <c>ProcessEnvironmentBlock</c> lies in the TEB.</param>
public sealed record CpuLayout(
    uint Machine,
    ushort Processor,
    Architecture Architecture,
    int PointerSize,
    int ContextSize,
    int InstructionPointerOffset,
    int StackPointerOffset,
    uint ProcessBlockOffset)
{
    /// <summary>x64.</summary>
    public static readonly CpuLayout X64 = new(0x8664, 9, Architecture.X64, 8, 0x4d0, 0xf8, 0x98, 0x60);

    /// <summary>x86.</summary>
    public static readonly CpuLayout X86 = new(0x14c, 0, Architecture.X86, 4, 0x2cc, 0xb8, 0xc4, 0x30);

    /// <summary>ARM64.</summary>
    public static readonly CpuLayout Arm64 = new(0xaa64, 12, Architecture.Arm64, 8, 0x390, 0x108, 0x100, 0x60);

    /// <summary>32-bit ARM.</summary>
    public static readonly CpuLayout Arm32 = new(0x1c4, 5, Architecture.Arm32, 4, 0x1a0, 0x40, 0x38, 0x30);

    /// <summary>ARM64EC: x64-shaped code of an ARM64 process (<c>IMAGE_FILE_MACHINE_ARM64EC</c>).</summary>
    private const uint Arm64Ec = 0xa641;

    private static readonly CpuLayout[] All = [X64, X86, Arm64, Arm32];

    /// <summary><c>ContextFlags</c> of its control and integer registers.</summary>
    public uint ContextFlags => Architecture switch
    {
        Architecture.X64 => 0x10_0003,
        Architecture.Arm64 => 0x40_0003,
        Architecture.Arm32 => 0x20_0003,
        _ => 0x1_0003,
    };

    /// <summary>Where <c>NT_TIB.StackBase</c> lies in the TEB: after the exception list, which is one pointer.</summary>
    public uint StackBaseOffset => (uint)PointerSize;

    /// <summary>Where Ebp lies in the CONTEXT, through which x86 code links its frames; null on other processors.</summary>
    public int? FramePointerOffset => Architecture == Architecture.X86 ? 0xb4 : null;

    /// <summary>Where Lr lies in the CONTEXT, the return address of code that saved none; null on processors that push it.</summary>
    public int? LinkRegisterOffset => Architecture == Architecture.Arm64 ? 0xf8 : null;

    /// <summary>The layout of a machine number; null for a processor that Windows' user mode does not run on any more.</summary>
    public static CpuLayout? Of(uint machine) => Array.Find(All, layout => layout.Machine == machine);

    /// <summary>The layout of a machine's CONTEXT; that of ARM64EC is x64's (ksarm64.h, "ARM64EC Context Frame"). Null for a machine that is not known.</summary>
    public static CpuLayout? OfContext(uint machine) => machine == Arm64Ec ? X64 : Of(machine);

    /// <summary>The layout of a processor number; null for a processor that callbacks are not known of.</summary>
    public static CpuLayout? OfProcessor(ushort processor) => Array.Find(All, layout => layout.Processor == processor);

    /// <summary>An address from its little-endian bytes.</summary>
    /// <param name="bytes">At least <see cref="PointerSize"/> of them.</param>
    public ulong ToAddress(ReadOnlySpan<byte> bytes) => PointerSize == sizeof(uint)
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes)
        : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
}

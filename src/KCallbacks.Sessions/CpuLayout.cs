using KCallbacks.Detection.Model;

namespace KCallbacks.Sessions;

/// <summary>What has to be known of a processor to read threads: the layout of its CONTEXT (<c>winnt.h</c>).</summary>
/// <param name="Value">The engine's number (<c>IMAGE_FILE_MACHINE_*</c>).</param>
/// <param name="Architecture">Its name here.</param>
/// <param name="PointerSize">Bytes of an address.</param>
/// <param name="ContextSize">Bytes of a CONTEXT.</param>
/// <param name="InstructionPointerOffset">Where Rip, Eip or Pc lies in it.</param>
/// <param name="StackPointerOffset">Where Rsp, Esp or Sp lies in it.</param>
public sealed record CpuLayout(
    uint Value, Architecture Architecture, int PointerSize, uint ContextSize, int InstructionPointerOffset, int StackPointerOffset)
{
    /// <summary>x64.</summary>
    public static readonly CpuLayout X64 = new(0x8664, Architecture.X64, 8, 0x4d0, 0xf8, 0x98);

    /// <summary>x86.</summary>
    public static readonly CpuLayout X86 = new(0x14c, Architecture.X86, 4, 0x2cc, 0xb8, 0xc4);

    /// <summary>ARM64.</summary>
    public static readonly CpuLayout Arm64 = new(0xaa64, Architecture.Arm64, 8, 0x390, 0x108, 0x100);

    /// <summary>32-bit ARM.</summary>
    public static readonly CpuLayout Arm32 = new(0x1c4, Architecture.Arm32, 4, 0x1a0, 0x40, 0x38);

    /// <summary>The machine of the engine's number; null for one that Windows' user mode does not run on any more.</summary>
    public static CpuLayout? Of(uint value) => new[] { X64, X86, Arm64, Arm32 }.FirstOrDefault(machine => machine.Value == value);
}

using KCallbacks.Detection.Windows;

namespace KCallbacks.Scanning;

/// <summary>The registers of the 32-bit half of a WoW64 thread.</summary>
/// <param name="Context">Its x86 CONTEXT.</param>
/// <param name="ThreadBlock">Its TEB; 0 when not known.</param>
public sealed record Wow64Registers(byte[] Context, ulong ThreadBlock)
{
    /// <summary>
    /// Null while the thread runs 64-bit code, whose registers are the thread's own. While it runs 32-bit code: where the 64-bit stack goes on;
    /// 0 when that is not known.
    /// </summary>
    public ulong? NativeStackPointer { get; init; }

    /// <summary>Eip.</summary>
    public ulong InstructionPointer => Register(CpuLayout.X86.InstructionPointerOffset);

    /// <summary>Esp.</summary>
    public ulong StackPointer => Register(CpuLayout.X86.StackPointerOffset);

    /// <summary>Ebp.</summary>
    public ulong FramePointer => Register(CpuLayout.X86.FramePointerOffset!.Value);

    private ulong Register(int offset) => CpuLayout.X86.ToAddress(Context.AsSpan(offset));
}

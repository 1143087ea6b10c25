using KCallbacks.Detection.Model;
using KCallbacks.PrintedStacks.Frames;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>Tells from a printed frame's addresses and module on which side of the kernel border it runs.</summary>
internal static class KernelSide
{
    /// <summary>Lowest kernel address of 64-bit Windows.</summary>
    private const ulong KernelSpace64 = 0xFFFF_8000_0000_0000;

    /// <summary>Lowest kernel address of 32-bit Windows; user code may lie above it with /3GB and under WoW64, so it proves nothing alone.</summary>
    private const ulong KernelSpace32 = 0x8000_0000;

    public static FrameSide Of(in FrameText frame)
    {
        if (IsKernelModule(frame.Module))
            return FrameSide.Kernel;

        ulong address = frame.StackPointer is > 0 ? frame.StackPointer.Value : frame.InstructionPointer ?? 0;
        if (address == 0)
            return FrameSide.Unknown;
        if (frame.AddressDigits > 8)
            return address >= KernelSpace64 ? FrameSide.Kernel : FrameSide.User;
        return address >= KernelSpace32 ? FrameSide.Unknown : FrameSide.User;
    }

    private static bool IsKernelModule(ReadOnlySpan<byte> module)
    {
        if (module.Length < 2)
            return false;
        if (module.EndsWith(".sys"u8))
            return true;

        int extension = module.IndexOf((byte)'.');
        ReadOnlySpan<byte> name = extension < 0 ? module : module[..extension];
        return System.Text.Ascii.EqualsIgnoreCase(name, "nt"u8)
            || Letters.StartsWithIgnoreCase(name, "ntoskrnl"u8)
            || Letters.StartsWithIgnoreCase(name, "ntkrnl"u8)
            || Letters.StartsWithIgnoreCase(name, "ntkrp"u8)
            || Letters.StartsWithIgnoreCase(name, "win32k"u8);
    }
}

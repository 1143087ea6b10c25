using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using KCallbacks.PrintedStacks.Frames;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>Tells from a printed frame's addresses and module on which side of the kernel border it runs.</summary>
internal static class KernelSide
{
    private const int DigitsOf32Bits = 8;

    /// <summary>The side of a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="module">Its module's name.</param>
    public static FrameSide Of(in FrameText frame, string? module)
    {
        if (ModuleName.IsKernel(module))
            return FrameSide.Kernel;
        ulong address = frame.StackPointer is > 0 ? frame.StackPointer.Value : frame.InstructionPointer ?? 0;
        return frame.AddressDigits > DigitsOf32Bits ? AddressSpace.SideOf(address) : AddressSpace.SideOf32Bits(address);
    }
}

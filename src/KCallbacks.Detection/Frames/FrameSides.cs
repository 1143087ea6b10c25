using System.Buffers;
using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Frames;

/// <summary>On which side of the kernel's border the frames of a stack run, also where a text prints names alone.</summary>
/// <remarks>
/// What a frame's name and address do not tell, its neighbours do:
/// <code>
///     nt!KiSwapContext              kernel
///     somedriver!Wait               kernel: the stack begins there and has not left it yet
///     nt!KiSystemServiceCopyEnd     kernel, the last before user mode
///     ntdll!NtWaitForSingleObject   user
///     app!WndProc                   user
///     ntdll!KiUserCallbackDispatcher
///     nt!KiCallUserMode             kernel: the callout of a callback
///     somedriver!Callout            kernel: between a callout and the next kernel entry
///     nt!KiFastCallEntry            kernel
///     user32!NtUserDispatchMessage  user
/// </code>
/// </remarks>
public static class FrameSides
{
    /// <summary>The side of each frame, innermost first.</summary>
    /// <param name="frames">The frames of a stack, innermost first.</param>
    public static ImmutableArray<FrameSide> Of(ImmutableArray<StackFrame> frames)
    {
        FrameReading[] readings = ArrayPool<FrameReading>.Shared.Rent(frames.Length);
        try
        {
            for (int i = 0; i < frames.Length; i++)
                readings[i] = FrameReading.Of(frames.ItemRef(i));
            return Of(frames, readings.AsSpan(0, frames.Length));
        }
        finally
        {
            ArrayPool<FrameReading>.Shared.Return(readings);
        }
    }

    private static ImmutableArray<FrameSide> Of(ImmutableArray<StackFrame> frames, ReadOnlySpan<FrameReading> readings)
    {
        var sides = ImmutableArray.CreateBuilder<FrameSide>(frames.Length);
        int userHalf = FrameScan.AfterKernel(readings);
        bool isInKernel = BeginsInDriver(frames, readings);
        for (int i = 0; i < frames.Length; i++)
        {
            isInKernel = readings[i].Role == FrameRole.KernelCallout || (isInKernel && (i == 0 || IsStillInKernel(readings, i)));
            FrameSide told = ToldBy(frames.ItemRef(i));
            bool isKernel = readings[i].IsKernel || (told != FrameSide.User && (isInKernel || i < userHalf));
            sides.Add(isKernel ? FrameSide.Kernel : told == FrameSide.Unknown && readings[i].IsNamed ? FrameSide.User : told);
        }

        return sides.MoveToImmutable();
    }

    /// <summary>Nothing of user mode stands further in than the kernel's frames but a callback, whose callout is the first of them.</summary>
    private static bool BeginsInDriver(ImmutableArray<StackFrame> frames, ReadOnlySpan<FrameReading> readings)
    {
        for (int i = 0; i < readings.Length; i++)
        {
            if (readings[i].IsKernel)
                return readings[i].Role != FrameRole.KernelCallout;
            if (readings[i].IsSurelyUser || readings[i].Role == FrameRole.FastSystemCall || ToldBy(frames.ItemRef(i)) == FrameSide.User)
                return false;
        }

        return false;
    }

    /// <summary>Whether a frame further out than a callout has not come back to user mode, through the entry of the system call.</summary>
    private static bool IsStillInKernel(ReadOnlySpan<FrameReading> readings, int i) =>
        readings[i - 1].Role != FrameRole.KernelEntry && !readings[i].IsSurelyUser && readings[i].Role != FrameRole.FastSystemCall;

    private static FrameSide ToldBy(in StackFrame frame) =>
        frame.Side == FrameSide.Unknown ? AddressSpace.SideOf(frame.InstructionPointer) : frame.Side;
}

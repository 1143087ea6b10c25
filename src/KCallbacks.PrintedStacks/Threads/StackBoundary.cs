using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using KCallbacks.PrintedStacks.Frames;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>Where one stack ends and the next one begins although no line says so.</summary>
internal static class StackBoundary
{
    /// <summary>Whether a frame cannot belong to the stack read so far.</summary>
    /// <param name="last">The frame read before it.</param>
    /// <param name="context">What is known of the stack.</param>
    /// <param name="next">The frame.</param>
    /// <param name="text">The frame as it was printed.</param>
    /// <param name="afterBlank">Whether a blank line stands between the two.</param>
    public static bool Parts(in StackFrame last, StackContext context, in StackFrame next, in FrameText text, bool afterBlank)
    {
        if (text.Number is { } number)
            return context.Numbers.BeginAnother(number, afterBlank);
        return (context.ReachesUserMode && EntersKernelAnew(last, next)) || UnnumberedBeginsAnother(last, context, next, text, afterBlank);
    }

    private static bool UnnumberedBeginsAnother(in StackFrame last, StackContext context, in StackFrame next, in FrameText text, bool afterBlank)
    {
        bool comesLower = text.StackPointer is { } pointer && pointer < last.StackPointer;
        if (!afterBlank)
            return !context.HasOnlyStart && ThreadStart.EndsStack(last) && (comesLower || text.Has(FrameTraits.NameOnly)) && !ThreadStarts.Has(next.Function);
        if (context.Numbers.Any || text.StackPointer is null || last.StackPointer == 0)
            return true;
        bool leavesKernel = last.Side == FrameSide.Kernel && next.Side != FrameSide.Kernel;
        return ThreadStart.EndsStack(last) || (comesLower && !leavesKernel);
    }

    /// <summary>Outwards, user mode is followed by kernel mode only where the kernel called back.</summary>
    private static bool EntersKernelAnew(in StackFrame last, in StackFrame next) =>
        next.Module is not null
        && next.Side == FrameSide.Kernel
        && FrameReading.Of(next).Role is not (FrameRole.KernelCallout or FrameRole.SystemThreadStart)
        && FrameReading.Of(last).Role != FrameRole.Dispatcher;
}

using System.Collections.Immutable;
using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;
using KCallbacks.Detection.Windows;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>The frames of one stack, innermost first, and what the text says of those that are not there.</summary>
/// <param name="Frames">The frames.</param>
/// <param name="Walk">How far they go.</param>
/// <param name="Missing">Which are missing otherwise.</param>
internal readonly record struct StackArrangement(ImmutableArray<StackFrame> Frames, WalkExtent Walk, MissingFrames Missing)
{
    /// <summary>So many stack words without a name show that a dump of the stack is read, not a walk.</summary>
    private const int WordsOfScan = 3;

    /// <summary>Arranges frames as they were printed; null when they are no stack.</summary>
    public static StackArrangement? Of(List<StackFrame> frames, StackContext context)
    {
        if (frames.Count == 0)
            return new([], WalkExtent.Failed, MissingFrames.None);
        bool areSlots = context.IsRawScan || context.NamelessWords >= WordsOfScan || StackSlots.StepByWord(frames);
        if (!areSlots)
            return OfWalk(frames, context);
        return context.NamelessWords == 0 && StackSlots.AreBackTrace(frames, context.IsAnnounced && !context.IsRawScan)
            ? OfWalk(frames.ConvertAll(slot => StackSlots.AsFrame(slot)), context)
            : OfRawScan(frames);
    }

    private static StackArrangement? OfRawScan(List<StackFrame> frames)
    {
        ImmutableArray<StackFrame> returns = [.. frames.Where(slot => StackSlots.MayBeReturn(slot))];
        return returns.IsEmpty ? null : new(returns, WalkExtent.RawScan, MissingFrames.None);
    }

    private static StackArrangement OfWalk(List<StackFrame> printed, StackContext context)
    {
        bool isReversed = FrameOrder.IsOutermostFirst(printed, context.CallsFollow);
        ImmutableArray<StackFrame> frames = isReversed ? [.. Enumerable.Reverse(printed)] : [.. printed];
        bool isTopShown = isReversed
            ? context.Numbers.EndAtZero
            : context.Numbers.BeginAtZero || (context.IsAnnounced && !context.LeavesOutBefore && !context.Numbers.BeginLate);
        MissingFrames missing = isTopShown || (!context.Numbers.BeginLate && IsInnermost(frames)) ? MissingFrames.None : MissingFrames.Inner;
        if (context.LeavesOutBetween || context.Numbers.HaveGap)
            missing |= MissingFrames.Between;
        return new(frames, Extent(frames, context), missing);
    }

    private static WalkExtent Extent(ImmutableArray<StackFrame> frames, StackContext context) =>
        !context.IsCut && !context.Numbers.BeginLate && ThreadStart.IsIn(frames[^1]) ? WalkExtent.Complete : WalkExtent.Truncated;

    /// <summary>
    /// Whether nothing can be further in than the first frame: the scheduler's, or a system call that does not call back. From a window call
    /// the kernel may have called back, so its stub, and what the kernel does there, may stand anywhere.
    /// </summary>
    private static bool IsInnermost(ImmutableArray<StackFrame> frames)
    {
        foreach (StackFrame frame in frames)
        {
            FrameReading reading = FrameReading.Of(frame);
            if (reading.Role != FrameRole.FastSystemCall)
                return reading.Role is FrameRole.SystemCall or FrameRole.CallbackReturn || (reading.IsKernel && Scheduler.Is(FunctionName.Of(frame.Function)));
        }

        return false;
    }
}

using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Names;

namespace KCallbacks.Detection.Judging;

/// <summary>What the kernel half of a stack says of what the thread does now.</summary>
internal static class KernelHalf
{
    /// <summary>The scheduler's own functions, through which every wait goes, begin so: <c>KiSwapContext</c>, <c>KiCommitThreadWait</c>.</summary>
    private const string SchedulerPrefix = "Ki";

    /// <summary>The innermost kernel function that is not the scheduler's; null when the stack does not begin in the kernel.</summary>
    public static string? FunctionOf(ReadOnlySpan<StackFrame> frames)
    {
        foreach (StackFrame frame in frames)
        {
            if (!FrameReading.Of(frame).IsKernel)
                return null;
            FunctionName name = FunctionName.Of(frame.Function);
            if (!name.Word.IsEmpty && !name.StartsWith(SchedulerPrefix))
                return PrintedName.Of(frame);
        }

        return null;
    }
}

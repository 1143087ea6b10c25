using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// Rows of a slot and its value, as <c>dps</c> prints them. They are raw words of a stack, or the slots of a back trace that a program
/// captured, or a table of functions.
/// </summary>
internal static class StackSlots
{
    private const int FewestFrames = 4;
    private const int FewestPlaces = 3;

    /// <summary>Whether the slots follow each other word by word.</summary>
    public static bool StepByWord(IReadOnlyList<StackFrame> frames)
    {
        if (frames.Count < FewestFrames)
            return false;

        ulong step = frames[1].StackPointer - frames[0].StackPointer;
        if (step is not (4 or 8))
            return false;
        for (int i = 1; i < frames.Count; i++)
        {
            if (frames[i].StackPointer - frames[i - 1].StackPointer != step)
                return false;
        }

        return true;
    }

    /// <summary>
    /// Whether the slots are a captured back trace. Return addresses never follow each other word by word on a stack, because callers leave
    /// room for more than that.
    /// </summary>
    /// <param name="frames">The rows.</param>
    /// <param name="isAnnounced">Whether a line calls them a stack; otherwise exact starts of functions show a table.</param>
    public static bool AreBackTrace(IReadOnlyList<StackFrame> frames, bool isAnnounced)
    {
        if (!StepByWord(frames))
            return false;

        HashSet<string> places = [];
        foreach (StackFrame frame in frames)
        {
            if (frame.Module is null || (!isAnnounced && !MayBeReturn(frame)))
                return false;
            places.Add($"{frame.Module}!{frame.Function}+{frame.Displacement}");
        }

        return places.Count >= FewestPlaces;
    }

    /// <summary>The frame that a slot of a back trace stands for: its value is the frame's own address.</summary>
    public static StackFrame AsFrame(in StackFrame slot) =>
        slot with { InstructionPointer = slot.ReturnAddress, StackPointer = 0, ReturnAddress = 0 };

    /// <summary>
    /// Whether a value can be a return address: code after a call is never the exact start of a function, except where a label marks the
    /// return itself.
    /// </summary>
    public static bool MayBeReturn(in StackFrame slot) =>
        slot.StackPointer == 0
        || slot.Displacement > 0
        || slot.Function is null
        || FrameReading.Of(slot) is { Role: FrameRole.Dispatcher, Fit: DispatcherFit.ReturnLabel };
}

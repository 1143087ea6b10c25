using System.Collections.Immutable;
using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.HangShapes;

/// <summary>
/// Code that called into Windows with a lock held, is called back, and waits for a lock: the thread may wait for itself. The frames show
/// that the same code runs twice, not which lock it is.
/// </summary>
internal static class ReenteredShape
{
    /// <summary>The id of the shape.</summary>
    public const string Id = "re-entered";

    /// <summary>The name of the shape.</summary>
    public const string Name = "re-entered: waits for a lock that its own outer frame may hold";

    /// <summary>The shape; null when no code of the application stands on both sides of the callback.</summary>
    /// <param name="frames">The frames, innermost first.</param>
    /// <param name="callback">Index of the innermost callback's dispatcher.</param>
    /// <param name="waitForLock">Index of the frame that waits for a lock.</param>
    public static HangShape? Find(ImmutableArray<StackFrame> frames, int callback, int waitForLock)
    {
        Dictionary<string, int> functions = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, int> modules = new(StringComparer.OrdinalIgnoreCase);
        for (int i = callback + 1; i < frames.Length; i++)
        {
            if (!IsOfApplication(frames[i]))
                continue;
            functions.TryAdd(FunctionOf(frames[i]), i);
            modules.TryAdd(frames[i].Module!, i);
        }

        return Find(frames, waitForLock, callback, functions, FunctionOf) ?? Find(frames, waitForLock, callback, modules, frame => frame.Module!);
    }

    /// <summary>
    /// Index of a frame that waits on an address, as the locks of many runtimes do in the end, directly for code of the application; -1
    /// when there is none.
    /// </summary>
    public static int WaitOnAddress(ImmutableArray<StackFrame> frames, int callback)
    {
        int end = Math.Min(callback, frames.Length) - 1;
        for (int i = 0; i < end; i++)
        {
            if (IsOfApplication(frames[i]))
                return -1;
            if (frames[i].Function is "WaitOnAddress" && IsOfApplication(frames[i + 1]))
                return i;
        }

        return -1;
    }

    private static HangShape? Find(ImmutableArray<StackFrame> frames, int start, int callback, Dictionary<string, int> outside, Func<StackFrame, string> key)
    {
        for (int i = start; i < callback; i++)
        {
            if (IsOfApplication(frames[i]) && outside.TryGetValue(key(frames[i]), out int outer))
                return new(Id, Name, i == start ? [i, outer] : [start, i, outer]);
        }

        return null;
    }

    private static bool IsOfApplication(in StackFrame frame) =>
        frame.Module is not null && ModuleName.Recognise(frame.Module) == SystemModule.Other && FrameReading.Of(frame).Role is FrameRole.Code or FrameRole.Unnamed;

    private static string FunctionOf(StackFrame frame) => $"{frame.Module}!{frame.Function ?? "?"}";
}

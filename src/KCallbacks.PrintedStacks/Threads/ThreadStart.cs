using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>Knows the outermost frames of threads, by which a whole stack is told from an excerpt.</summary>
internal static class ThreadStart
{
    /// <summary>Whether the frame is where a thread starts: by its name, or because it returns nowhere.</summary>
    public static bool IsIn(in StackFrame frame) => ReturnsNowhere(frame) || ThreadStarts.Has(frame.Function);

    /// <summary>Whether no frame of the same thread can follow but another start.</summary>
    public static bool EndsStack(in StackFrame frame) => ReturnsNowhere(frame) || ThreadStarts.HasOutermost(frame.Function);

    private static bool ReturnsNowhere(in StackFrame frame) => frame.StackPointer != 0 && frame.ReturnAddress == 0;
}

using System.Collections.Frozen;
using System.Text;
using KCallbacks.Detection.Model;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>Knows the outermost frames of threads, by which a whole stack is told from an excerpt.</summary>
internal static class ThreadStart
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "RtlUserThreadStart",
        "BaseThreadStart",
        "BaseProcessStart",
        "LdrInitializeThunk",
        "KiStartSystemThread",
        "KxStartSystemThread",
        "KiThreadStartup",
        "PspSystemThreadStartup",
        "KiIdleLoop",
    }.ToFrozenSet();

    /// <summary>Whether the frame is where a thread starts: by its name, or because it returns nowhere.</summary>
    public static bool IsIn(in StackFrame frame) =>
        (frame.StackPointer != 0 && frame.ReturnAddress == 0)
        || (frame.Function is { } function && Names.Contains(function.TrimStart('_')));

    public static bool IsName(ReadOnlySpan<byte> function) =>
        Names.Contains(Encoding.UTF8.GetString(function.TrimStart((byte)'_')));
}

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>Recognises a printed frame by its structure, whatever printed it.</summary>
internal static class FrameLine
{
    /// <summary>Lines that would pass for the shape debuggers share, and be read wrongly: they part their columns by other signs.</summary>
    private static readonly Shape[] DistinctShapes =
    [
        WinedbgFrame.TryRead,
        BacktraceFrame.TryRead,
        UnityFrame.TryRead,
        HotSpotFrame.TryRead,
        LibraryFrame.TryRead,
    ];

    /// <summary>Lines that do not have the shape that debuggers share.</summary>
    private static readonly Shape[] OtherShapes =
    [
        StackWalkerFrame.TryRead,
        TableFrame.TryRead,
        SymbolFirstFrame.TryRead,
        VisualC6Frame.TryRead,
        DelphiFrame.TryRead,
        JuliaFrame.TryRead,
    ];

    private delegate bool Shape(ReadOnlySpan<byte> line, ref FrameText frame);

    public static bool TryRead(ReadOnlySpan<byte> line, ColumnLayout layout, out FrameText frame)
    {
        if (TryRead(line, DistinctShapes, out frame))
            return true;
        frame = default;
        return DebuggerFrame.TryRead(line, layout, ref frame) || TryRead(line, OtherShapes, out frame);
    }

    private static bool TryRead(ReadOnlySpan<byte> line, Shape[] shapes, out FrameText frame)
    {
        foreach (Shape tryRead in shapes)
        {
            frame = default;
            if (tryRead(line, ref frame))
                return true;
        }

        frame = default;
        return false;
    }
}

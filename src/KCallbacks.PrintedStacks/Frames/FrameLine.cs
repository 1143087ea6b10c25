namespace KCallbacks.PrintedStacks.Frames;

/// <summary>Recognises a printed frame by its structure, whatever printed it.</summary>
internal static class FrameLine
{
    /// <summary>Lines of tools whose frames do not have the shape that debuggers share.</summary>
    private static readonly Shape[] OtherShapes =
    [
        StackWalkerFrame.TryRead,
        TableFrame.TryRead,
        SymbolFirstFrame.TryRead,
        VisualC6Frame.TryRead,
        DelphiFrame.TryRead,
    ];

    private delegate bool Shape(ReadOnlySpan<byte> line, ref FrameText frame);

    public static bool TryRead(ReadOnlySpan<byte> line, ColumnLayout layout, out FrameText frame)
    {
        // First, because the word "in" before a module would pass for part of a file name.
        frame = default;
        if (BacktraceFrame.TryRead(line, ref frame))
            return true;

        frame = default;
        if (DebuggerFrame.TryRead(line, layout, ref frame))
            return true;

        foreach (Shape tryRead in OtherShapes)
        {
            frame = default;
            if (tryRead(line, ref frame))
                return true;
        }

        return false;
    }
}

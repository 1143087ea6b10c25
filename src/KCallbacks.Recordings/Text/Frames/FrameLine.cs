namespace KCallbacks.Recordings.Text.Frames;

/// <summary>Recognises a printed frame by its structure, whatever printed it.</summary>
internal static class FrameLine
{
    public static bool TryRead(ReadOnlySpan<byte> line, ColumnLayout layout, out FrameText frame)
    {
        frame = default;
        if (DebuggerFrame.TryRead(line, layout, ref frame))
            return true;

        frame = default;
        return StackWalkerFrame.TryRead(line, ref frame);
    }
}

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>Marks with which people say which of two frames calls the other: <c>-&gt; user32!GetMessageW</c>.</summary>
internal static class CallMark
{
    /// <summary>Whether the line begins with a sign that the frame above it calls this one.</summary>
    public static bool IsCalledByFrameAbove(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line.TrimStart(" \t|"u8);
        return text.StartsWith("->"u8)
            || text.StartsWith("=> "u8)
            || text.StartsWith("+-"u8)
            || text.StartsWith("\\-"u8)
            || text.StartsWith("`-"u8)
            || text.StartsWith("\u2192"u8)
            || text.StartsWith("\u21b3"u8);
    }
}

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>Lines that end what people paste, whatever it is: fences of Markdown and the tags that stand for them elsewhere.</summary>
internal static class Fence
{
    public static bool Is(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> line = text.TrimStart(" \t"u8);
        return line.StartsWith("```"u8)
            || line.StartsWith("~~~"u8)
            || line.StartsWith("[code"u8)
            || line.StartsWith("[/code"u8)
            || line.StartsWith("{code"u8)
            || line.StartsWith("{noformat"u8);
    }
}

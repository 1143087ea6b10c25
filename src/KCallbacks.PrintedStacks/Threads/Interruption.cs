using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>Lines that debuggers print between frames without meaning a frame: warnings, symbol noise, transitions, elisions.</summary>
internal static class Interruption
{
    /// <summary>Whether the line may stand inside a stack without being part of it.</summary>
    public static bool Is(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> line = text.TrimStart(" \t>/|"u8);
        return line.IsEmpty
            || line.StartsWith("***"u8)
            || line.StartsWith("["u8)
            || line.StartsWith("("u8)
            || line.StartsWith("??:"u8)
            || line.StartsWith("---"u8)
            || line.StartsWith("==="u8)
            || Letters.StartsWithIgnoreCase(line, "warning:"u8)
            || Letters.StartsWithIgnoreCase(line, "error:"u8)
            || line.StartsWith("Unable to load image"u8)
            || line.StartsWith("Loading "u8)
            || line.IndexOf("frames may be wrong"u8) >= 0
            || line.IndexOf("symbols could not be loaded"u8) >= 0
            || line.StartsWith("Found by:"u8)
            || line.StartsWith("Possible instruction pointers:"u8)
            || line.IndexOfAnyExceptInRange((byte)'!', (byte)'@') < 0
            || IsElision(line);
    }

    /// <summary>Whether the line says that frames were left out.</summary>
    public static bool IsElision(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> line = text.Trim(" \t"u8);
        return line.Length >= 3 && (line.IndexOfAnyExcept((byte)'.') < 0 || line.SequenceEqual("\u2026"u8)
            || line.StartsWith("[..."u8) || line.StartsWith("<snip"u8) || line.StartsWith("..."u8));
    }
}

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
            || IsSource(line)
            || IsRestOfWarning(line)
            || line.StartsWith("Possible instruction pointers:"u8)
            || line.IndexOfAnyExceptInRange((byte)'!', (byte)'@') < 0
            || IsElision(line);
    }

    /// <summary><c>at c:\app\a.cpp(10)</c> (Visual Studio), <c>at src\main.rs:12:5</c> (Rust): the source of the frame above.</summary>
    private static bool IsSource(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("at "u8))
            return false;
        ReadOnlySpan<byte> text = line.EndsWith(")"u8) ? line[..^1] : line;
        int number = text.LastIndexOfAnyExceptInRange((byte)'0', (byte)'9') + 1;
        return number > 4 && number < text.Length && text[number - 1] == (text.Length < line.Length ? '(' : ':');
    }

    /// <summary>The second half of a warning that a narrow window or the mail has wrapped.</summary>
    private static bool IsRestOfWarning(ReadOnlySpan<byte> line) =>
        line.SequenceEqual("wrong."u8) || line.EndsWith("be wrong."u8) || line.StartsWith("export symbols for "u8)
        || line.StartsWith("Defaulted to "u8) || line.StartsWith("information not available."u8);

    /// <summary>Whether the line says that frames were left out.</summary>
    public static bool IsElision(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> line = text.Trim(" \t"u8);
        return line.Length >= 3 && (line.IndexOfAnyExcept((byte)'.') < 0 || line.SequenceEqual("\u2026"u8)
            || line.StartsWith("[..."u8) || line.StartsWith("[\u2026"u8) || line.StartsWith("("u8) && line[1..].StartsWith("..."u8)
            || Letters.StartsWithIgnoreCase(line, "<snip"u8) || Letters.StartsWithIgnoreCase(line, "[snip"u8) || Letters.StartsWithIgnoreCase(line, "(snip"u8)
            || line.StartsWith("..."u8) || IsExternalCode(line));
    }

    /// <summary>Where Visual Studio hides frames of others, in the languages it speaks.</summary>
    private static bool IsExternalCode(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line.Trim(" \t[]"u8);
        return line.StartsWith("["u8) && (text.SequenceEqual("External Code"u8) || text.SequenceEqual("Externer Code"u8)
            || text.SequenceEqual("Code externe"u8) || text.SequenceEqual("C\u00f3digo externo"u8) || text.SequenceEqual("Codice esterno"u8)
            || text.SequenceEqual("\u5916\u90e8\u4ee3\u7801"u8) || text.SequenceEqual("\u5916\u90e8\u30b3\u30fc\u30c9"u8)
            || text.SequenceEqual("\u0412\u043d\u0435\u0448\u043d\u0438\u0439 \u043a\u043e\u0434"u8));
    }
}

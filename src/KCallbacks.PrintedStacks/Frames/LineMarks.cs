using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>Skips what stands before a frame without being part of it: indents, quotes, comment signs, the mark of the current frame.</summary>
internal static class LineMarks
{
    public static void Skip(ref LineCursor line)
    {
        do
        {
            line.SkipBlanks();
        }
        while (TrySkipMark(ref line));
    }

    private static bool TrySkipMark(ref LineCursor line) => line.Next switch
    {
        (byte)'>' => line.TryTake((byte)'>'),
        (byte)'/' => line.TryTake("//"u8),
        (byte)'|' => line.TryTake((byte)'|'),
        (byte)'=' => line.TryTake("=>"u8),
        (byte)'-' => line.TryTake("-->"u8) || line.TryTake("->"u8) || (line.Second == ' ' && line.TryTake((byte)'-')),
        // Branches of a call tree.
        (byte)'+' => line.TryTake("+-"u8),
        (byte)'\\' => line.TryTake("\\-"u8),
        (byte)'`' => line.TryTake("`-"u8),
        0xe2 => TrySkipArrow(ref line),
        // !findstack marks the frames that match with a star.
        (byte)'*' => line.Second == ' ' && line.TryTake((byte)'*'),
        // !exploitable's "Hash Usage" column.
        (byte)'M' => TrySkipHashUsage(ref line),
        // Dr. Memory marks its lines in a program's output.
        (byte)'~' => line.TryTake("~~Dr.M~~"u8),
        // Visual Studio marks inlined frames before the module.
        (byte)'[' => line.TryTake("[Inline Frame]"u8) || line.TryTake("[Inlined]"u8),
        (byte)'F' or (byte)'f' => TrySkipWord(ref line, "frame "u8),
        (byte)'a' => TrySkipWord(ref line, "at "u8),
        _ => false,
    };

    /// <summary><c>Frame 3: ntdll!f</c>, <c>at ntdll!f</c>: a word that would pass for the first of a file's name.</summary>
    private static bool TrySkipWord(ref LineCursor line, ReadOnlySpan<byte> word)
    {
        if (!Letters.StartsWithIgnoreCase(line.Rest, word))
            return false;
        ReadOnlySpan<byte> rest = line.Rest[word.Length..];
        int end = rest.IndexOfAny((byte)' ', (byte)'!');
        bool isFrame = !rest.IsEmpty && (Letters.IsDigit(rest[0]) || rest[0] == '#' || (end > 0 && rest[end] == '!'));
        if (isFrame)
            line.Position += word.Length;
        return isFrame;
    }

    private static bool TrySkipArrow(ref LineCursor line) =>
        line.TryTake("\u2192"u8) || line.TryTake("\u21b3"u8) || line.TryTake("\u2190"u8) || line.TryTake("\u25b6"u8);

    private static bool TrySkipHashUsage(ref LineCursor line)
    {
        int start = line.Position;
        if (line.TryTake("Major+Minor"u8) || line.TryTake("Minor"u8))
        {
            line.SkipBlanks();
            if (line.TryTake((byte)':'))
                return true;
        }

        line.Position = start;
        return false;
    }
}

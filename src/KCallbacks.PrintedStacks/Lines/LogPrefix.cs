namespace KCallbacks.PrintedStacks.Lines;

/// <summary>
/// What a log puts before every line: the time, then level, channel, process or thread in many spellings:
/// <c>[2024.01.01-10.00.00:001][  5]LogWindows: Error: [Callstack] </c>, <c>2024-01-01 10:00:00,123 ERROR [main] crash - </c>,
/// <c>E0101 10:00:00.123456  4660 crash.cc:12] </c>, <c>[4660:4664:0101/100000.123:ERROR:crash.cc(12)] </c>.
/// </summary>
internal static class LogPrefix
{
    private const int MostWords = 8;

    private static ReadOnlySpan<byte> Channel => "[Callstack] "u8;

    public static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> line)
    {
        var cursor = new LineCursor(line);
        cursor.SkipBlanks();
        if (LogTime.TrySkip(ref cursor))
            return SkipWords(cursor).Rest;
        return StripChannel(line);
    }

    /// <summary>Without a time only words that a frame follows are a prefix.</summary>
    private static ReadOnlySpan<byte> StripChannel(ReadOnlySpan<byte> line)
    {
        const int Longest = 160;
        int channel = line[..Math.Min(line.Length, Longest)].IndexOf(Channel);
        if (channel >= 0)
            return line[(channel + Channel.Length)..];

        var cursor = new LineCursor(line);
        cursor.SkipBlanks();
        int start = cursor.Position;
        cursor = SkipWords(cursor);
        return cursor.Position > start && BeginsFrame(cursor) ? cursor.Rest : line;
    }

    private static LineCursor SkipWords(LineCursor cursor)
    {
        for (int count = 0; count < MostWords; count++)
        {
            int start = cursor.Position;
            cursor.SkipBlanks();
            if (!TrySkipWord(ref cursor))
            {
                cursor.Position = start;
                break;
            }
        }

        // One blank parts the prefix from a line that may be indented.
        if (cursor.Next == ' ')
            cursor.Position++;
        return cursor;
    }

    private static bool TrySkipWord(ref LineCursor cursor)
    {
        if (cursor.Next == '[')
            return TrySkipBracket(ref cursor);
        if (cursor.Next is (byte)'-' or (byte)'|' or (byte)':' && cursor.Second == ' ')
        {
            cursor.Position++;
            return true;
        }

        var ahead = cursor;
        ReadOnlySpan<byte> word = ahead.TakeWord();
        if (word.Length < 2 ? !LogLevel.IsLetter(word) : !IsWord(word) && !IsParted(word, ahead.Rest))
            return TrySkipNumber(ref cursor);
        cursor = ahead;
        return true;
    }

    /// <summary>A level, <c>channel:</c>, or <c>crash.cc:12]</c>.</summary>
    private static bool IsWord(ReadOnlySpan<byte> word)
    {
        if (LogLevel.IsWord(word))
            return true;
        if (word[^1] is not ((byte)':' or (byte)']') || !Letters.IsLetter(word[0]) || AnnouncesStack(word))
            return false;
        return !word.Contains((byte)'!') && (word[^1] == ']' || word[..^1].IndexOfAny(":\\/`"u8) < 0);
    }

    /// <summary><c>Thread:</c>, <c>Callstack:</c>, which say something of the lines that follow.</summary>
    private static bool AnnouncesStack(ReadOnlySpan<byte> word) =>
        Letters.StartsWithIgnoreCase(word, "thread"u8) || Letters.StartsWithIgnoreCase(word, "call"u8)
        || Letters.StartsWithIgnoreCase(word, "stack"u8) || Letters.StartsWithIgnoreCase(word, "back"u8);

    /// <summary><c>app.Hang - </c></summary>
    private static bool IsParted(ReadOnlySpan<byte> word, ReadOnlySpan<byte> rest) =>
        Letters.IsLetter(word[0]) && !word.Contains((byte)'!') && (rest.StartsWith(" - "u8) || rest.StartsWith(" | "u8) || rest.StartsWith(" : "u8));

    /// <summary><c>[main] </c>, <c>[  5]</c>; what stands in brackets before a frame of managed code is none.</summary>
    private static bool TrySkipBracket(ref LineCursor cursor)
    {
        const int Longest = 64;
        ReadOnlySpan<byte> text = cursor.Rest[..Math.Min(cursor.Rest.Length, Longest)];
        int end = text.IndexOf((byte)']');
        if (end < 1)
            return false;

        ReadOnlySpan<byte> inner = text[1..end];
        bool isOfFrame = inner.IndexOf("Frame"u8) >= 0 || inner.StartsWith("Inline"u8) || inner.IndexOf(" Transition"u8) >= 0
            || inner.StartsWith("External"u8) || inner.StartsWith("0x"u8) || inner.IndexOf(" @ "u8) >= 0 || inner.StartsWith("..."u8);
        if (isOfFrame)
            return false;
        cursor.Position += end + 1;
        return true;
    }

    /// <summary>Process and thread numbers, where a level or a file follows: <c>  4660  4664 E crash: </c>.</summary>
    private static bool TrySkipNumber(ref LineCursor cursor)
    {
        var ahead = cursor;
        for (int numbers = 0; numbers < 2 && Letters.IsDigit(ahead.Next); numbers++)
        {
            while (Letters.IsDigit(ahead.Next))
                ahead.Position++;
            if (!ahead.AtGap)
                return false;
            ahead.SkipBlanks();
        }

        if (ahead.Position == cursor.Position)
            return false;
        var next = ahead;
        ReadOnlySpan<byte> word = next.TakeWord();
        bool belongs = word.Length == 1 ? LogLevel.IsLetter(word) : word.Length > 1 && IsWord(word);
        if (belongs)
            cursor = ahead;
        return belongs;
    }

    /// <summary>A prompt, or an address with the sign that only addresses have.</summary>
    private static bool BeginsFrame(LineCursor cursor)
    {
        const int FewestDigits = 8;
        if (Prompt.TryRead(cursor.Rest, out _))
            return true;
        cursor.SkipBlanks();
        return cursor.TryTakeHex(out HexNumber number) && number.IsPrefixed && number.Digits >= FewestDigits && cursor.Next == ' ';
    }
}

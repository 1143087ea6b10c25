namespace KCallbacks.PrintedStacks.Lines;

/// <summary>
/// What a log puts before every line: the time, then level, channel, process or thread in many spellings:
/// <c>[2024.01.01-10.00.00:001][  5]LogWindows: Error: [Callstack] </c>, <c>2024-01-01 10:00:00,123 ERROR [main] crash - </c>,
/// <c>E0101 10:00:00.123456  4660 crash.cc:12] </c>, <c>[4660:4664:0101/100000.123:ERROR:crash.cc(12)] </c>.
/// A word with a colon may be a channel's name or the first word of the line itself: it is the log's where the line before has the
/// same, or where only a frame can follow.
/// </summary>
internal sealed class LogPrefix
{
    private const int MostWords = 8;
    private const int LongestChannel = 128;

    private readonly byte[] _channel = new byte[LongestChannel];
    private int _channelLength;
    private bool _isKnown;

    private ReadOnlySpan<byte> Remembered => _channel.AsSpan(0, _channelLength);

    private static ReadOnlySpan<byte> Callstack => "[Callstack] "u8;

    public ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> line)
    {
        var cursor = new LineCursor(line);
        cursor.SkipBlanks();
        bool hasTime = LogTime.TrySkip(ref cursor);
        if (hasTime)
            SkipWords(ref cursor);
        else if (StripCallstack(line) is { IsEmpty: false } rest)
            return rest;
        else if (TrySkipSource(ref cursor))
            return cursor.Rest;
        return StripChannel(cursor, hasTime, out ReadOnlySpan<byte> stripped) || hasTime ? stripped : line;
    }

    /// <summary>Unreal's logs mark the lines of stacks, whatever stands before.</summary>
    private static ReadOnlySpan<byte> StripCallstack(ReadOnlySpan<byte> line)
    {
        const int Longest = 160;
        int mark = line[..Math.Min(line.Length, Longest)].IndexOf(Callstack);
        return mark < 0 ? default : line[(mark + Callstack.Length)..];
    }

    /// <summary><c>app_1  | </c>, with which a composed log says whose line it is; a table has more bars.</summary>
    private static bool TrySkipSource(ref LineCursor cursor)
    {
        const int Longest = 40;
        ReadOnlySpan<byte> text = cursor.Rest;
        int bar = text[..Math.Min(text.Length, Longest)].IndexOf(" | "u8);
        if (bar < 1 || !Letters.IsLetter(text[0]) || text[(bar + 3)..].Contains((byte)'|'))
            return false;
        ReadOnlySpan<byte> name = text[..bar].TrimEnd((byte)' ');
        if (name.IndexOfAny(" !\t"u8) >= 0)
            return false;
        cursor.Position += bar + 3;
        return true;
    }

    private bool StripChannel(LineCursor cursor, bool hasTime, out ReadOnlySpan<byte> stripped)
    {
        LineCursor behind = cursor;
        bool isChannel = (_isKnown && behind.TryTake(Remembered)) || TrySkipNewChannel(ref behind, hasTime);
        LineCursor end = isChannel ? behind : cursor;
        // One blank parts the prefix from a line that may be indented.
        if (end.Next == ' ')
            end.Position++;
        stripped = end.Rest;
        return isChannel;
    }

    private bool TrySkipNewChannel(ref LineCursor cursor, bool hasTime)
    {
        int start = cursor.Position;
        int level = SkipChannel(ref cursor);
        bool hasLevel = hasTime && level > start;
        if (hasLevel)
            cursor.Position = level;
        ReadOnlySpan<byte> channel = cursor.Since(start);
        bool isCertain = !channel.IsEmpty && (hasLevel || BeginsFrame(cursor));
        bool isChannel = isCertain || (hasTime && !channel.IsEmpty && channel.SequenceEqual(Remembered));
        if (hasTime || isCertain)
            Remember(channel, isChannel);
        return isChannel;
    }

    private void Remember(ReadOnlySpan<byte> channel, bool isCertain)
    {
        if (_isKnown && !isCertain)
            return;
        _isKnown = isCertain;
        _channelLength = channel.Length <= LongestChannel ? channel.Length : 0;
        channel[.._channelLength].CopyTo(_channel);
    }

    /// <summary>Skips what cannot be the line's own words: brackets, levels, numbers with a level or file, words with a dash.</summary>
    private static void SkipWords(ref LineCursor cursor)
    {
        for (int count = 0; count < MostWords; count++)
        {
            LineCursor ahead = cursor;
            ahead.SkipBlanks();
            if (!TrySkipBracket(ref ahead) && !TrySkipSign(ref ahead) && !TrySkipWord(ref ahead) && !TrySkipNumber(ref ahead))
                return;
            cursor = ahead;
        }
    }

    /// <summary>Skips words with a colon, one blank after the other; gives where the last that is a level ends.</summary>
    private static int SkipChannel(ref LineCursor cursor)
    {
        int level = 0;
        for (int count = 0; count < MostWords; count++)
        {
            LineCursor ahead = cursor;
            _ = ahead.TryTake((byte)' ');
            int start = ahead.Position;
            if (!TrySkipBracket(ref ahead) && !TrySkipChannelWord(ref ahead))
                break;
            cursor = ahead;
            if (LogLevel.IsWord(cursor.Since(start)))
                level = cursor.Position;
        }

        return level;
    }

    private static bool TrySkipSign(ref LineCursor cursor)
    {
        if (cursor.Next is not ((byte)'-' or (byte)'|' or (byte)':') || cursor.Second != ' ')
            return false;
        cursor.Position++;
        return true;
    }

    private static bool TrySkipWord(ref LineCursor cursor)
    {
        LineCursor ahead = cursor;
        ReadOnlySpan<byte> word = ahead.TakeWord();
        if (word.IsEmpty || !(IsLevel(word, ahead) || IsPlace(word) || IsParted(word, ahead.Rest)))
            return false;
        cursor = ahead;
        return true;
    }

    /// <summary>A level in letters, or a letter with one blank after it; <c>V  [jvm.dll+0x1]</c> is a frame.</summary>
    private static bool IsLevel(ReadOnlySpan<byte> word, LineCursor behind) =>
        LogLevel.IsWord(word) || (LogLevel.IsLetter(word) && behind.Next == ' ' && behind.Second != ' ');

    /// <summary><c>crash.cc:12]</c></summary>
    private static bool IsPlace(ReadOnlySpan<byte> word) => word[^1] == ']' && Letters.IsLetter(word[0]) && word.Contains((byte)':');

    /// <summary><c>app.Hang - </c></summary>
    private static bool IsParted(ReadOnlySpan<byte> word, ReadOnlySpan<byte> rest) =>
        Letters.IsLetter(word[0]) && !word.Contains((byte)'!') && (rest.SequenceEqual(" -"u8) || rest.StartsWith(" - "u8) || rest.StartsWith(" | "u8) || rest.StartsWith(" : "u8));

    /// <summary><c>LogWindows:</c>, but not what announces the lines that follow (<c>Thread:</c>, <c>Callstack:</c>).</summary>
    private static bool TrySkipChannelWord(ref LineCursor cursor)
    {
        LineCursor ahead = cursor;
        ReadOnlySpan<byte> word = ahead.TakeWord();
        bool isChannel = word.Length > 1 && word[^1] == ':' && Letters.IsLetter(word[0]) && !AnnouncesStack(word)
            && word[..^1].IndexOfAny("!:\\/`"u8) < 0;
        if (isChannel)
            cursor = ahead;
        return isChannel;
    }

    private static bool AnnouncesStack(ReadOnlySpan<byte> word) =>
        Letters.StartsWithIgnoreCase(word, "thread"u8) || Letters.StartsWithIgnoreCase(word, "call"u8)
        || Letters.StartsWithIgnoreCase(word, "stack"u8) || Letters.StartsWithIgnoreCase(word, "back"u8);

    /// <summary><c>[main]</c>, <c>[  5]</c>; what stands in brackets in a frame is none.</summary>
    private static bool TrySkipBracket(ref LineCursor cursor)
    {
        const int Longest = 64;
        ReadOnlySpan<byte> text = cursor.Rest[..Math.Min(cursor.Rest.Length, Longest)];
        int end = text.StartsWith("["u8) ? text.IndexOf((byte)']') : -1;
        if (end < 1)
            return false;

        ReadOnlySpan<byte> inner = text[1..end];
        bool isOfFrame = inner.IndexOf("Frame"u8) >= 0 || inner.StartsWith("Inline"u8) || inner.IndexOf(" Transition"u8) >= 0
            || inner.StartsWith("External"u8) || inner.IndexOf("0x"u8) >= 0 || inner.IndexOf(" @ "u8) >= 0 || inner.StartsWith("..."u8)
            || text[(end + 1)..].StartsWith("{"u8) || cursor.Rest[(end + 1)..].TrimStart(" \t"u8).IsEmpty;
        if (isOfFrame)
            return false;
        cursor.Position += end + 1;
        return true;
    }

    /// <summary>Process and thread numbers, where a level or a place follows: <c>  4660  4664 E crash: </c>.</summary>
    private static bool TrySkipNumber(ref LineCursor cursor)
    {
        LineCursor ahead = cursor;
        for (int numbers = 0; numbers < 2 && Letters.IsDigit(ahead.Next); numbers++)
        {
            while (Letters.IsDigit(ahead.Next))
                ahead.Position++;
            if (!ahead.AtGap)
                return false;
            ahead.SkipBlanks();
        }

        LineCursor next = ahead;
        if (ahead.Position == cursor.Position || !TrySkipWord(ref next))
            return false;
        cursor = ahead;
        return true;
    }

    /// <summary>A prompt, or an address with the sign that only addresses have.</summary>
    private static bool BeginsFrame(LineCursor cursor)
    {
        const int FewestDigits = 8;
        cursor.SkipBlanks();
        if (Prompt.TryRead(cursor.Rest, out _))
            return true;
        if (!cursor.TryTakeHex(out HexNumber number) || cursor.Next != ' ')
            return false;
        if (number.Digits >= FewestDigits)
            return number.IsPrefixed;

        // A frame number, and a module's name after it.
        cursor.SkipBlanks();
        int end = cursor.Rest.IndexOfAny((byte)' ', (byte)'!');
        return end > 0 && cursor.Rest[end] == '!';
    }
}

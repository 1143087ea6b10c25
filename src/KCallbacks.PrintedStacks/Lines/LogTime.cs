namespace KCallbacks.PrintedStacks.Lines;

/// <summary>
/// Recognises the time with which a line of a log begins, in brackets or not. Only what has hours, minutes and seconds, or a
/// date of four digits for the year, is one: addresses, prompts and frame numbers are none.
/// </summary>
internal static class LogTime
{
    public static bool TrySkip(ref LineCursor line)
    {
        int start = line.Position;
        bool bracketed = line.Next is (byte)'[' or (byte)'(' or (byte)'<';
        if (bracketed)
            line.Position++;
        else if (LogLevel.IsLetter(line.Rest[..Math.Min(1, line.Rest.Length)]) && Letters.IsDigit(line.Second))
            line.Position++; // E0101 10:00:00

        bool read = TrySkipStamp(ref line) || (bracketed && TrySkipChromium(ref line));
        if (read && (!bracketed || TrySkipToClose(ref line)))
            return true;
        line.Position = start;
        return false;
    }

    private static bool TrySkipStamp(ref LineCursor line)
    {
        int start = line.Position;
        bool hasDate = TrySkipDate(ref line, out bool hasYear);
        if (hasDate && line.Next is (byte)'T' or (byte)'-' or (byte)'_' or (byte)',' or (byte)'/')
            line.Position++;
        line.SkipBlanks();
        if (TrySkipTime(ref line, hasDate))
            return true;
        if (hasYear && line.AtGap)
            return true;
        line.Position = start;
        return false;
    }

    /// <summary><c>2024-01-01</c>, <c>01.02.2024</c>, <c>01-02</c>, <c>0101</c>, <c>Jan  1</c>.</summary>
    private static bool TrySkipDate(ref LineCursor line, out bool hasYear)
    {
        int start = line.Position;
        hasYear = false;
        if (TrySkipMonth(ref line))
            return true;
        int first = SkipDigits(ref line);
        if (first == 4 && line.Next == ' ')
            return true;
        if (first is 1 or 2 or 4 && line.Next is (byte)'-' or (byte)'.' or (byte)'/')
        {
            byte separator = line.Next;
            line.Position++;
            int second = SkipDigits(ref line);
            bool hasThird = line.TryTake(separator);
            int third = hasThird ? SkipDigits(ref line) : 0;
            hasYear = first == 4 || third == 4;
            if (second is 1 or 2 && (hasThird ? third is 1 or 2 or 4 : first == 2 && separator == '-'))
                return true;
        }

        line.Position = start;
        return false;
    }

    private static bool TrySkipMonth(ref LineCursor line)
    {
        ReadOnlySpan<byte> months = "JanFebMarAprMayJunJulAugSepOctNovDec"u8;
        if (line.Rest.Length < 6 || line.Rest[3] != ' ' || months.IndexOf(line.Rest[..3]) % 3 != 0)
            return false;

        int start = line.Position;
        line.Position += 3;
        line.SkipBlanks();
        if (SkipDigits(ref line) is 1 or 2)
            return true;
        line.Position = start;
        return false;
    }

    /// <summary><c>10:00:00.123</c>; after a date also <c>10.00.00:123</c>.</summary>
    private static bool TrySkipTime(ref LineCursor line, bool hasDate)
    {
        int start = line.Position;
        int hours = SkipDigits(ref line);
        byte separator = line.Next;
        bool isTime = hours is 1 or 2
            && (separator == ':' || (hasDate && separator is (byte)'.' or (byte)'-'))
            && TrySkipPart(ref line, separator)
            && TrySkipPart(ref line, separator);
        if (!isTime)
        {
            line.Position = start;
            return false;
        }

        if (line.Next is (byte)'.' or (byte)',' or (byte)':' && Letters.IsDigit(line.Second))
        {
            line.Position++;
            SkipDigits(ref line);
        }

        SkipZone(ref line);
        return true;
    }

    private static bool TrySkipPart(ref LineCursor line, byte separator) => line.TryTake(separator) && SkipDigits(ref line) == 2;

    /// <summary><c>Z</c>, <c>+02:00</c>, <c>-0700</c></summary>
    private static void SkipZone(ref LineCursor line)
    {
        if (line.TryTake((byte)'Z') || line.Next is not ((byte)'+' or (byte)'-') || !Letters.IsDigit(line.Second))
            return;
        line.Position++;
        SkipDigits(ref line);
        if (line.TryTake((byte)':'))
            SkipDigits(ref line);
    }

    /// <summary><c>[4660:4664:0101/100000.123:ERROR:crash.cc(12)]</c></summary>
    private static bool TrySkipChromium(ref LineCursor line)
    {
        int start = line.Position;
        bool read = SkipDigits(ref line) > 0 && line.TryTake((byte)':') && SkipDigits(ref line) > 0 && line.TryTake((byte)':')
            && SkipDigits(ref line) is 4 or 8 && line.TryTake((byte)'/') && SkipDigits(ref line) == 6;
        if (!read)
            line.Position = start;
        return read;
    }

    private static bool TrySkipToClose(ref LineCursor line)
    {
        const int Longest = 80;
        int end = line.Rest[..Math.Min(line.Rest.Length, Longest)].IndexOfAny("])>"u8);
        // The bracket of [...:ERROR:crash.cc(12)] is the last one.
        if (end >= 0 && line.Rest[end] == ')' && end + 1 < line.Rest.Length && line.Rest[end + 1] == ']')
            end++;
        if (end < 0)
            return false;
        line.Position += end + 1;
        return true;
    }

    private static int SkipDigits(ref LineCursor line)
    {
        int start = line.Position;
        while (Letters.IsDigit(line.Next))
            line.Position++;
        return line.Position - start;
    }
}

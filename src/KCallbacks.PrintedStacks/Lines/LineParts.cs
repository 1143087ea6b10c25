using System.Buffers;

namespace KCallbacks.PrintedStacks.Lines;

/// <summary>
/// Finds where one line holds the frames of several: a paste that lost its line ends, <c>a!b / c!d / e!f</c> for functions called
/// by each other, a chain <c>a!b -&gt; c!d</c>.
/// </summary>
internal static class LineParts
{
    private const int FewestDigits = 8;
    private const int LongestName = 512;
    private const int LongestFile = 80;

    private static readonly SearchValues<byte> EndOfModule = SearchValues.Create("! ,;(\\"u8);

    private static ReadOnlySpan<byte> Displaced => "+0x"u8;

    /// <summary>Length of the first frame of the line, with what follows it up to the next; of the whole line when it holds one.</summary>
    public static int LengthOfFirst(ReadOnlySpan<byte> line)
    {
        int bang = line.IndexOf((byte)'!');
        if (bang <= 0 || line[(bang + 1)..].IndexOf((byte)'!') < 0)
            return line.Length;

        int chain = LengthOfLink(line, bang);
        if (chain > 0)
            return chain;
        int displaced = LengthToNextFrame(line, bang);
        int file = displaced > 0 ? displaced : LengthToNextFile(line, bang);
        return file > 0 ? file : line.Length;
    }

    /// <summary>
    /// Visual Studio's rows without their line ends: <c>app.exe!A() Line 10 C++ ntdll.dll!B()</c>. Length up to the next file's name
    /// that is not among parameters; 0 when there is none.
    /// </summary>
    private static int LengthToNextFile(ReadOnlySpan<byte> line, int bang)
    {
        int depth = 0;
        for (int position = bang; position < line.Length; position++)
        {
            byte letter = line[position];
            depth += letter is (byte)'(' or (byte)'[' or (byte)'{' or (byte)'<' ? 1 : letter is (byte)')' or (byte)']' or (byte)'}' or (byte)'>' ? -1 : 0;
            if (letter == ' ' && depth <= 0 && BeginsWithFile(line[(position + 1)..]))
                return position;
        }

        return 0;
    }

    private static bool BeginsWithFile(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> start = text[..Math.Min(text.Length, LongestFile)];
        int end = start.IndexOfAny(EndOfModule);
        return end > 4 && start[end] == '!' && start[end - 4] == '.';
    }

    /// <summary>Skips the sign before the second and later links of a chain.</summary>
    public static ReadOnlySpan<byte> WithoutSign(ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> text = rest.TrimStart((byte)' ');
        int sign = SignLength(text);
        return sign > 0 ? text[sign..].TrimStart((byte)' ') : rest;
    }

    /// <summary>Length of the name with which a chain begins; 0 when the line is none.</summary>
    private static int LengthOfLink(ReadOnlySpan<byte> line, int bang)
    {
        ReadOnlySpan<byte> text = line.TrimStart(" \t"u8);
        int indent = line.Length - text.Length;
        int blank = text[..Math.Min(text.Length, LongestName)].IndexOf((byte)' ');
        if (blank < 0 || blank < bang - indent)
            return 0;

        ReadOnlySpan<byte> rest = text[blank..].TrimStart((byte)' ');
        int sign = SignLength(rest);
        return sign > 0 && BeginsWithName(rest[sign..].TrimStart((byte)' ')) ? indent + blank : 0;
    }

    private static int SignLength(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("/ "u8))
            return 1;
        if (text.StartsWith("-> "u8) || text.StartsWith("=> "u8) || text.StartsWith("<- "u8))
            return 2;
        return text.StartsWith("\u2192 "u8) ? 3 : 0;
    }

    private static bool BeginsWithName(ReadOnlySpan<byte> text)
    {
        int end = text[..Math.Min(text.Length, LongestName)].IndexOfAny(EndOfModule);
        return end > 0 && text[end] == '!';
    }

    /// <summary>
    /// Length up to the place where another frame begins: one with addresses after any blank, one without only after a displacement.
    /// 0 when there is none.
    /// </summary>
    private static int LengthToNextFrame(ReadOnlySpan<byte> line, int bang)
    {
        for (int position = bang; ;)
        {
            int next = line[position..].IndexOf((byte)' ');
            if (next < 0)
                return 0;
            int blank = position + next;
            var cursor = new LineCursor(line) { Position = blank };
            SkipNote(ref cursor);
            position = cursor.Position > blank ? cursor.Position : blank + 1;
            if (cursor.Next == ' ' && BeginsFrame(cursor, mayLackAddress: EndsInDisplacement(line[bang..blank])))
                return cursor.Position;
        }
    }

    private static bool EndsInDisplacement(ReadOnlySpan<byte> text)
    {
        const int MostDigits = 8;
        ReadOnlySpan<byte> end = text[Math.Max(0, text.Length - MostDigits - Displaced.Length)..];
        int sign = end.LastIndexOf(Displaced);
        return sign >= 0 && end[(sign + Displaced.Length)..].IndexOfAnyExcept(Letters.HexDigits) < 0;
    }

    /// <summary><c> [c:\x.cpp @ 12]</c>, <c> (FPO: [2,0,0])</c></summary>
    private static void SkipNote(ref LineCursor cursor)
    {
        ReadOnlySpan<byte> rest = cursor.Rest[..Math.Min(cursor.Rest.Length, LongestName)];
        bool isBracket = rest.StartsWith(" ["u8);
        if (!isBracket && !rest.StartsWith(" ("u8))
            return;
        int end = rest.IndexOf(isBracket ? (byte)']' : (byte)')');
        if (end > 0)
            cursor.Position += end + 1;
    }

    private static bool BeginsFrame(LineCursor cursor, bool mayLackAddress)
    {
        cursor.SkipBlanks();
        int start = cursor.Position;
        if (cursor.TryTakeHex(out HexNumber number) && number.Digits < FewestDigits && cursor.AtGap)
            cursor.SkipBlanks();
        else
            cursor.Position = start;

        LineCursor name = cursor;
        bool hasAddress = cursor.TryTakeHex(out HexNumber address) && address.Digits >= FewestDigits && cursor.AtGap;
        if (!hasAddress)
            return mayLackAddress && name.Position == start && BeginsWithName(name.Rest);
        cursor.SkipBlanks();
        return (cursor.TryTakeHex(out HexNumber second) && second.Digits >= FewestDigits && cursor.AtGap) || (mayLackAddress && BeginsWithName(cursor.Rest));
    }
}

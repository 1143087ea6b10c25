using System.Buffers.Text;
using System.Text;

namespace KCallbacks.PrintedStacks.Lines;

/// <summary>
/// Escapes with a backslash: of markdown (<c>\!</c>, <c>\`</c>, <c>\_</c>), which hide the sign's meaning, and of the strings of JSON
/// and C (<c>\n</c>, <c>\t</c>, <c>\u002B</c>), in which a whole stack may stand on one line. Paths have backslashes, too.
/// </summary>
internal static class EscapedText
{
    private static ReadOnlySpan<byte> LineEnd => @"\n"u8;

    /// <summary>Whether the line is a string with escaped line ends: twice or more, and never in the middle of a path.</summary>
    public static bool Is(ReadOnlySpan<byte> line)
    {
        int ends = 0;
        for (int index = line.IndexOf(LineEnd); index >= 0;)
        {
            ReadOnlySpan<byte> rest = line[(index + LineEnd.Length)..];
            if (BeginsLine(rest))
                ends++;
            int next = rest.IndexOf(LineEnd);
            index = next < 0 ? -1 : index + LineEnd.Length + next;
        }

        return ends >= 2;
    }

    /// <summary>Reads the escape at the start of <paramref name="text"/>.</summary>
    /// <param name="text">Begins with a backslash.</param>
    /// <param name="isString">Whether the line is an escaped string.</param>
    /// <param name="character">What the escape stands for.</param>
    /// <param name="length">Length of the escape.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, bool isString, out Rune character, out int length)
    {
        length = 2;
        character = default;
        if (text.Length < 2)
            return false;
        if (text[1] == 'u')
            return TryReadCode(text, isString, out character, out length);
        if (text[1] == '&' && HtmlEntity.TryRead(text[1..], out character, out int entity))
        {
            length = 1 + entity;
            return true;
        }

        char value = text[1] switch
        {
            (byte)'n' when isString => '\n',
            (byte)'r' when isString => '\r',
            (byte)'t' when isString => '\t',
            (byte)'"' or (byte)'\\' when isString => (char)text[1],
            _ => "!`_*<>[]()|#+~&-."u8.Contains(text[1]) ? (char)text[1] : '\0',
        };
        character = new Rune(value);
        return value != '\0';
    }

    private static bool BeginsLine(ReadOnlySpan<byte> rest) =>
        rest.IsEmpty || rest[0] is (byte)' ' or (byte)'#' or (byte)'\\' or (byte)'"' || Letters.IsDigit(rest[0]) || HasBang(rest);

    /// <summary>A line that begins with <c>module!</c>.</summary>
    private static bool HasBang(ReadOnlySpan<byte> rest)
    {
        const int Longest = 40;
        int end = rest[..Math.Min(rest.Length, Longest)].IndexOfAny("!\\ :"u8);
        return end > 0 && rest[end] == '!';
    }

    /// <summary><c>\u002B</c>; outside strings only for signs, since <c>c:\u0041</c> is a path.</summary>
    private static bool TryReadCode(ReadOnlySpan<byte> text, bool isString, out Rune character, out int length)
    {
        length = 6;
        character = default;
        return text.Length >= length
            && Utf8Parser.TryParse(text[2..length], out int code, out int used, 'x')
            && used == 4
            && Rune.TryCreate(code, out character)
            && (isString || Ascii.IsValid((char)code) && (char.IsAsciiLetterOrDigit((char)code) is false) && code > ' ');
    }
}

using System.Buffers.Text;
using System.Text;

namespace KCallbacks.PrintedStacks.Lines;

/// <summary>Reads <c>&amp;gt;</c>, <c>&amp;#8203;</c>, <c>&amp;#x60;</c>, also where the ampersand is an entity itself (<c>&amp;amp;gt;</c>).</summary>
internal static class HtmlEntity
{
    private const int LongestName = 8;

    public static bool TryRead(ReadOnlySpan<byte> text, out Rune character, out int length)
    {
        character = default;
        length = 0;
        ReadOnlySpan<byte> ampersand = "&amp;"u8;
        int skipped = text.StartsWith(ampersand) ? ampersand.Length : 1;
        if (TryReadName(text[skipped..], out character, out int name))
        {
            length = skipped + name;
            return true;
        }

        if (skipped == 1)
            return false;
        (character, length) = (new Rune('&'), ampersand.Length);
        return true;
    }

    /// <summary>Reads the text after the ampersand; <paramref name="length"/> includes the semicolon.</summary>
    private static bool TryReadName(ReadOnlySpan<byte> text, out Rune character, out int length)
    {
        character = default;
        int end = text[..Math.Min(text.Length, LongestName)].IndexOf((byte)';');
        length = end + 1;
        if (end < 2)
            return false;

        ReadOnlySpan<byte> name = text[..end];
        int value = name[0] == '#' ? ReadNumber(name[1..]) : ValueOf(name);
        return value > 0 && Rune.TryCreate(value, out character);
    }

    private static int ReadNumber(ReadOnlySpan<byte> number)
    {
        bool isHex = (number[0] | 0x20) == 'x';
        ReadOnlySpan<byte> digits = isHex ? number[1..] : number;
        bool read = Utf8Parser.TryParse(digits, out int value, out int used, isHex ? 'x' : 'D');
        return read && used == digits.Length ? value : 0;
    }

    private static int ValueOf(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("lt"u8))
            return '<';
        if (name.SequenceEqual("gt"u8))
            return '>';
        if (name.SequenceEqual("amp"u8))
            return '&';
        if (name.SequenceEqual("quot"u8))
            return '"';
        if (name.SequenceEqual("apos"u8))
            return '\'';
        if (name.SequenceEqual("nbsp"u8))
            return ' ';
        return name.SequenceEqual("grave"u8) ? '`' : 0;
    }
}

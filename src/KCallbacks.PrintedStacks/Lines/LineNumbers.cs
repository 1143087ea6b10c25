using System.Buffers.Text;

namespace KCallbacks.PrintedStacks.Lines;

/// <summary>
/// Numbers that an editor, <c>grep -n</c> or a web page puts before every line. A frame number looks the same, so that numbers are
/// taken for line numbers only where they begin at the first line of the text or stand before a prompt or a head line, and only
/// as long as each follows the one before.
/// </summary>
internal sealed class LineNumbers
{
    private const int MostDigits = 7;

    private int _last = int.MinValue;
    private byte _sign;
    private bool _anyLine;

    public ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> line)
    {
        bool isFirst = !_anyLine;
        _anyLine |= !line.IsEmpty;
        if (!TryRead(line, out int number, out ReadOnlySpan<byte> rest))
            return line;
        byte sign = rest.IsEmpty ? _sign : line[^(rest.Length + 1)]; // an empty line has lost its tab
        bool isNumberedPrompt = sign == ':' && Prompt.TryRead(rest, out Prompt prompt) && (!prompt.IsKernel || Letters.IsDigit(rest.TrimStart(" \t"u8)[0]));
        if (!isNumberedPrompt && Prompt.TryRead(line, out _))
        {
            // "1: kd>" is a prompt, or the first line with its number before "kd>": the second line tells.
            if (isFirst && number == 1)
                (_last, _sign) = (number, sign);
            return line;
        }

        if (!(number == _last + 1 && sign == _sign) && !Begins(isFirst, number, line, rest))
            return line;
        (_last, _sign) = (number, sign);
        return sign is (byte)':' or (byte)'|' && rest.StartsWith(" "u8) ? rest[1..] : rest;
    }

    private static bool Begins(bool isFirst, int number, ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest)
    {
        bool isMarked = rest.Length == 0 || line[..^rest.Length].IndexOfAny(":|\t"u8) >= 0;
        if (isFirst && number == 1 && isMarked)
            return true;
        return Prompt.TryRead(rest, out Prompt prompt) ? !prompt.IsKernel || isMarked : IsHeadLine(rest);
    }

    private static bool IsHeadLine(ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> text = rest.TrimStart(" \t#"u8);
        return text.StartsWith("Child-SP"u8) || text.StartsWith("ChildEBP"u8);
    }

    private static bool TryRead(ReadOnlySpan<byte> line, out int number, out ReadOnlySpan<byte> rest)
    {
        ReadOnlySpan<byte> text = line.TrimStart(" \t"u8);
        rest = default;
        if (!Utf8Parser.TryParse(text, out number, out int digits) || digits > MostDigits || number < 0 || !Letters.IsDigit(text[0]))
            return false;

        text = text[digits..];
        if (text.IsEmpty)
            return true;
        if (text[0] is not ((byte)':' or (byte)'|' or (byte)'\t' or (byte)' '))
            return false;
        rest = text[1..];
        if (text[0] == ' ' && rest.StartsWith("|"u8))
            rest = rest[1..];
        return true;
    }
}

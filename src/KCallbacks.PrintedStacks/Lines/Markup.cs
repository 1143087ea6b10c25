using System.Buffers;
using System.Text;

namespace KCallbacks.PrintedStacks.Lines;

/// <summary>
/// Takes from a line what web pages, markdown, JSON and terminals add: tags, entities, escapes, colours, invisible characters. One
/// line of such a text may hold many lines of the debugger.
/// </summary>
internal sealed class Markup
{
    /// <summary>Bytes with which something to take away can begin; the last four begin characters of UTF-8 (blanks, lines, quotes, marks).</summary>
    private static readonly SearchValues<byte> Marks = SearchValues.Create([(byte)'&', (byte)'<', (byte)'\\', 0x1B, 0xC2, 0xE2, 0xE3, 0xEF]);

    private static readonly SearchValues<byte> ColourParameters = SearchValues.Create("0123456789;"u8);

    private byte[] _plain = [];
    private int _length;
    private int _start;
    private int _end;
    private bool _isEscaped;

    /// <summary>The line <see cref="MoveNext"/> moved to.</summary>
    public ReadOnlySpan<byte> Current => _plain.AsSpan(_start, _end - _start);

    /// <summary>Takes a line apart; false when there is nothing to take away.</summary>
    public bool TryTake(ReadOnlySpan<byte> line)
    {
        if (line.IndexOfAny(Marks) < 0)
            return false;

        if (_plain.Length < line.Length)
            _plain = new byte[line.Length];
        _isEscaped = EscapedText.Is(line);
        (_length, _start, _end) = (0, 0, -1);
        while (!line.IsEmpty)
        {
            int plain = line.IndexOfAny(Marks);
            Append(plain < 0 ? line : line[..plain]);
            line = plain < 0 ? default : line[plain..];
            if (!line.IsEmpty)
                line = line[TakeMark(line)..];
        }

        TrimLines();
        return true;
    }

    /// <summary>Moves to the next of the lines; a text without any has one, which is empty.</summary>
    public bool MoveNext()
    {
        if (_end == _length)
            return false;
        _start = _end + 1;
        int length = _plain.AsSpan(_start, _length - _start).IndexOf((byte)'\n');
        _end = length < 0 ? _length : _start + length;
        return true;
    }

    /// <summary>A block that begins or ends where a line of the file does is not another line.</summary>
    private void TrimLines()
    {
        while (_length > 0 && _plain[_length - 1] is (byte)'\n' or (byte)' ' or (byte)'\r')
            _length--;
        while (_end + 1 < _length && _plain[_end + 1] == '\n')
            _end++;
    }

    private bool EndsInLine => _length == 0 || _plain[_length - 1] == '\n';

    /// <summary>Writes what stands for the mark at the start of <paramref name="rest"/>; gives the length of the mark.</summary>
    private int TakeMark(ReadOnlySpan<byte> rest)
    {
        int length = rest[0] switch
        {
            (byte)'&' => TakeEntity(rest),
            (byte)'<' => TakeTag(rest),
            (byte)'\\' => TakeEscape(rest),
            0x1B => ColourLength(rest),
            _ => TakeCharacter(rest),
        };
        if (length > 0)
            return length;
        Append(rest[..1]);
        return 1;
    }

    private int TakeEntity(ReadOnlySpan<byte> rest)
    {
        if (!HtmlEntity.TryRead(rest, out Rune character, out int length))
            return 0;
        AppendPlain(character);
        return length;
    }

    private int TakeTag(ReadOnlySpan<byte> rest)
    {
        byte before = _length == 0 ? (byte)0 : _plain[_length - 1];
        if (!HtmlTag.TryRead(rest, before, out HtmlTag tag))
            return 0;
        if (tag.EndsLine && !(tag.IsBlock && EndsInLine))
            Append("\n"u8);
        else if (tag.EndsCell)
            Append("\t"u8);
        return tag.Length;
    }

    private int TakeEscape(ReadOnlySpan<byte> rest)
    {
        // Markdown in a page: what is escaped is the sign that the entity stands for.
        if (rest.Length > 1 && rest[1] == '&' && HtmlEntity.TryRead(rest[1..], out _, out _))
            return 1;
        if (!EscapedText.TryRead(rest, _isEscaped, out Rune character, out int length))
            return 0;
        AppendPlain(character);
        return length;
    }

    /// <summary><c>ESC [ 31 m</c></summary>
    private static int ColourLength(ReadOnlySpan<byte> rest)
    {
        const int Longest = 24;
        if (!rest.StartsWith("\e["u8))
            return 0;
        ReadOnlySpan<byte> parameters = rest[2..Math.Min(rest.Length, Longest)];
        int end = parameters.IndexOfAnyExcept(ColourParameters);
        return end < 0 ? 0 : end + 3;
    }

    private int TakeCharacter(ReadOnlySpan<byte> rest)
    {
        if (Rune.DecodeFromUtf8(rest, out Rune character, out int length) != OperationStatus.Done)
            return 0;
        if (IsQuote(character) && IsInsideAddress(rest[length..]))
            Append("`"u8);
        else
            AppendPlain(character);
        return length;
    }

    /// <summary>Word processors make another quote of the back-tick in <c>00007ff8`11110010</c>.</summary>
    private bool IsInsideAddress(ReadOnlySpan<byte> rest) =>
        !rest.IsEmpty && _length > 0 && Letters.HexDigit(rest[0]) >= 0 && Letters.HexDigit(_plain[_length - 1]) >= 0;

    private static bool IsQuote(Rune character) => character.Value is 0x2018 or 0x2019 or 0x201B or 0x00B4;

    /// <summary>A character, but blanks and lines of every kind as ASCII has them, and nothing for the invisible ones.</summary>
    private void AppendPlain(Rune character)
    {
        switch (character.Value)
        {
            case 0x200B or 0x200C or 0x200D or 0x200E or 0x200F or 0x2060 or 0xFEFF or 0xAD or '\r':
                return;
            case 0xA0 or 0x2007 or 0x202F or 0x3000 or (>= 0x2000 and <= 0x200A):
                Append(" "u8);
                return;
            case 0x2028 or 0x2029:
                Append("\n"u8);
                return;
            // Lines of a drawn tree, and the bullets of a list.
            case (>= 0x2500 and <= 0x257F) or 0x2022 or 0x25E6 or 0x25AA:
                Append(" "u8);
                return;
            default:
                _length += character.EncodeToUtf8(_plain.AsSpan(_length));
                return;
        }
    }

    /// <summary>Everything written is no longer than what it stands for.</summary>
    private void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_plain.AsSpan(_length));
        _length += text.Length;
    }
}

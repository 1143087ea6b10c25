namespace KCallbacks.PrintedStacks.Lines;

/// <summary>Walks over one line of UTF-8 text without copying it.</summary>
internal ref struct LineCursor(ReadOnlySpan<byte> line)
{
    private readonly ReadOnlySpan<byte> _line = line;

    /// <summary>Index of the next byte.</summary>
    public int Position { get; set; }

    /// <summary>What has not been taken yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _line[Position..];

    /// <summary>What was taken since the cursor stood at <paramref name="start"/>.</summary>
    public readonly ReadOnlySpan<byte> Since(int start) => _line[start..Position];

    public readonly bool AtEnd => Position >= _line.Length;

    /// <summary>The next byte, or 0 at the end of the line.</summary>
    public readonly byte Next => AtEnd ? (byte)0 : _line[Position];

    /// <summary>The byte after the next one, or 0.</summary>
    public readonly byte Second => Position + 1 < _line.Length ? _line[Position + 1] : (byte)0;

    /// <summary>Whether the next byte is a blank, a tab or the end of the line.</summary>
    public readonly bool AtGap => AtEnd || Letters.IsBlank(_line[Position]);

    public void SkipBlanks()
    {
        while (!AtEnd && Letters.IsBlank(_line[Position]))
            Position++;
    }

    public bool TryTake(byte expected)
    {
        if (Next != expected || AtEnd)
            return false;
        Position++;
        return true;
    }

    public bool TryTake(ReadOnlySpan<byte> expected)
    {
        if (!Rest.StartsWith(expected))
            return false;
        Position += expected.Length;
        return true;
    }

    /// <summary>Takes everything up to the next blank.</summary>
    public ReadOnlySpan<byte> TakeWord()
    {
        int length = Rest.IndexOfAny((byte)' ', (byte)'\t');
        ReadOnlySpan<byte> word = length < 0 ? Rest : Rest[..length];
        Position += word.Length;
        return word;
    }

    /// <summary>Takes hexadecimal digits, with or without <c>0x</c> and the debugger's backtick; puts the cursor back when there are none.</summary>
    public bool TryTakeHex(out HexNumber number)
    {
        ReadOnlySpan<byte> rest = Rest;
        bool prefixed = rest.Length > 1 && rest[0] == '0' && (rest[1] | 0x20) == 'x';
        int length = prefixed ? 2 : 0;
        ulong value = 0;
        int digits = 0;
        for (; length < rest.Length; length++)
        {
            int digit = Letters.HexDigit(rest[length]);
            if (digit >= 0)
            {
                value = (value << 4) | (uint)digit;
                digits++;
            }
            else if (rest[length] != '`' || digits == 0 || length + 1 == rest.Length || Letters.HexDigit(rest[length + 1]) < 0)
            {
                break;
            }
        }

        number = new HexNumber(value, digits, prefixed);
        if (digits is 0 or > 16)
            return false;
        Position += length;
        return true;
    }
}

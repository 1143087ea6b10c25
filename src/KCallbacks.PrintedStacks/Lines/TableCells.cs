namespace KCallbacks.PrintedStacks.Lines;

/// <summary>Walks over the cells of a table's row, which tabs, quotes and commas, bars or commas part.</summary>
internal ref struct TableCells
{
    /// <summary>A row of fewer cells is a line of text with a comma or bar in it.</summary>
    private const int FewestSigns = 2;

    private readonly ReadOnlySpan<byte> _sign;
    private ReadOnlySpan<byte> _rest;
    private bool _ended;

    private TableCells(ReadOnlySpan<byte> row, ReadOnlySpan<byte> sign)
    {
        _rest = row;
        _sign = sign;
    }

    /// <summary>The cell without blanks, quotes and the lines of a drawn tree around it.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    public static bool TryOpen(ReadOnlySpan<byte> row, out TableCells cells)
    {
        ReadOnlySpan<byte> tab = "\t"u8;
        ReadOnlySpan<byte> quoted = "\",\""u8;
        ReadOnlySpan<byte> bar = "|"u8;
        ReadOnlySpan<byte> comma = ","u8;
        ReadOnlySpan<byte> sign = row.IndexOf(tab) >= 0 ? tab
            : row.IndexOf(quoted) >= 0 ? quoted
            : row.Count(bar) >= FewestSigns ? bar
            : row.Count(comma) >= FewestSigns ? comma
            : default;
        cells = new TableCells(row, sign);
        return !sign.IsEmpty;
    }

    public bool MoveNext()
    {
        if (_ended)
            return false;
        int length = _rest.IndexOf(_sign);
        _ended = length < 0;
        ReadOnlySpan<byte> cell = _ended ? _rest : _rest[..length];
        _rest = _ended ? default : _rest[(length + _sign.Length)..];
        Current = cell.Trim(" \""u8).TrimStart("|- "u8);
        return true;
    }
}

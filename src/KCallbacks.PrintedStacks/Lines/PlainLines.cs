using KCallbacks.Recordings.Input;

namespace KCallbacks.PrintedStacks.Lines;

/// <summary>
/// The lines of a text as the debugger printed them: without the markup of a web page, the escapes of markdown and JSON, the marks
/// of quotes, comments and lists, and the time and channel that a log puts before every line; one frame on each.
/// </summary>
internal sealed class PlainLines(Stream stream, ProblemLog problems)
{
    private readonly TextLines _lines = new(stream, problems);
    private readonly Markup _markup = new();
    private readonly LinePrefix _prefix = new();
    private bool _hasMarkup;
    private int _start;
    private int _length;
    private int _end;

    /// <summary>The line read last.</summary>
    public ReadOnlySpan<byte> Current => Whole.Slice(_start, _length);

    /// <summary>One-based number of the line of the file that holds <see cref="Current"/>.</summary>
    public long Number => _lines.Number;

    private ReadOnlySpan<byte> Whole => _hasMarkup ? _markup.Current : _lines.Current;

    /// <summary>Moves to the next line; false at the end of the text.</summary>
    public bool Read()
    {
        int rest = _start + _length;
        if (rest < _end)
        {
            Take(LineParts.WithoutSign(Whole[rest.._end]));
            return true;
        }

        if (!(_hasMarkup && _markup.MoveNext()) && !ReadWhole())
            return false;
        Take(_prefix.Strip(Letters.TrimEnd(Whole)));
        return true;
    }

    private bool ReadWhole()
    {
        if (!_lines.Read())
            return false;
        _hasMarkup = _markup.TryTake(_lines.Current) && _markup.MoveNext();
        return true;
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        Whole.Overlaps(line, out _start);
        _length = LineParts.LengthOfFirst(line);
        _end = _start + line.Length;
    }
}

using System.Text.Unicode;
using KCallbacks.Recordings.Input;

namespace KCallbacks.PrintedStacks.Lines;

/// <summary>
/// Splits a stream of UTF-8 text into lines through one buffer, so that a log of any size is read in constant memory. A line ends
/// with LF, CRLF, CR alone, or CRCRLF, which a second conversion makes of CRLF.
/// A line longer than <see cref="MaximumLength"/> is reported and skipped up to its end.
/// </summary>
internal sealed class TextLines(Stream stream, ProblemLog problems)
{
    /// <summary>Longest line that is read, in bytes. Template names of 4 KB and wide columns fit many times over.</summary>
    public const int MaximumLength = 1 << 20;

    /// <summary>Bytes of the longest line end.</summary>
    private const int LongestEnd = 3;

    private readonly byte[] _buffer = new byte[2 * MaximumLength];
    private int _lineStart;
    private int _lineEnd;
    private int _next;
    private int _filled;
    private bool _streamEnded;

    /// <summary>The line read last, without its end.</summary>
    public ReadOnlySpan<byte> Current => _buffer.AsSpan(_lineStart, _lineEnd - _lineStart);

    /// <summary>One-based number of the line read last.</summary>
    public long Number { get; private set; }

    /// <summary>Moves to the next line that can be read; false at the end of the text.</summary>
    public bool Read()
    {
        while (TryFindLine())
        {
            Number++;
            if (_lineEnd - _lineStart <= MaximumLength)
            {
                ReportInvalidText();
                return true;
            }

            SkipRestOfLine();
        }

        return false;
    }

    private bool TryFindLine()
    {
        int start = _next;
        int searched = start;
        while (true)
        {
            int end = searched < _filled ? IndexOfEnd(searched) : -1;
            if (end >= 0 && (_streamEnded || end + LongestEnd <= _filled))
            {
                (_lineStart, _lineEnd, _next) = (start, end, Behind(end));
                return true;
            }

            searched = end >= 0 ? end : Math.Max(start, _filled);
            if (_streamEnded || _filled - start > MaximumLength)
            {
                (_lineStart, _lineEnd, _next) = (start, searched, searched);
                return start < _filled;
            }

            searched -= MoveToFront(ref start);
            Fill();
        }
    }

    private int IndexOfEnd(int from)
    {
        int length = _buffer.AsSpan(from.._filled).IndexOfAny((byte)'\n', (byte)'\r');
        return length < 0 ? -1 : from + length;
    }

    /// <summary>Where the next line begins when one ends at <paramref name="end"/>.</summary>
    private int Behind(int end)
    {
        ReadOnlySpan<byte> rest = _buffer.AsSpan(end.._filled);
        if (rest.StartsWith("\r\r\n"u8))
            return end + 3;
        return rest.StartsWith("\r\n"u8) ? end + 2 : end + 1;
    }

    /// <summary>Makes room after the bytes from <paramref name="start"/> on; gives by how much they moved.</summary>
    private int MoveToFront(ref int start)
    {
        int moved = Math.Min(start, _filled);
        _buffer.AsSpan(moved, _filled - moved).CopyTo(_buffer);
        _filled -= moved;
        start -= moved;
        return moved;
    }

    private void Fill()
    {
        int read = stream.Read(_buffer, _filled, _buffer.Length - _filled);
        _filled += read;
        _streamEnded = read == 0;
    }

    private void SkipRestOfLine()
    {
        problems.AddError(Number, $"the line is longer than {MaximumLength:N0} bytes and was skipped");
        while (true)
        {
            int end = IndexOfEnd(_lineEnd);
            if (end >= 0)
            {
                (_lineEnd, _next) = (end, Behind(end));
                return;
            }

            (_lineStart, _lineEnd, _next, _filled) = (0, 0, 0, 0);
            Fill();
            if (_streamEnded)
                return;
        }
    }

    private void ReportInvalidText()
    {
        if (!Utf8.IsValid(Current))
            problems.AddWarning(Number, "the line is not valid UTF-8; names in it may be printed wrong");
    }
}

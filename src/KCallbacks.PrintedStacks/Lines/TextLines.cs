using System.Text.Unicode;
using KCallbacks.Recordings.Input;

namespace KCallbacks.PrintedStacks.Lines;

/// <summary>
/// Splits a stream of UTF-8 text into lines through one buffer, so that a log of any size is read in constant memory.
/// A line longer than <see cref="MaximumLength"/> is reported and skipped up to its end.
/// </summary>
internal sealed class TextLines(Stream stream, ProblemLog problems)
{
    /// <summary>Longest line that is read, in bytes. Template names of 4 KB and wide columns fit many times over.</summary>
    public const int MaximumLength = 1 << 20;

    private readonly byte[] _buffer = new byte[2 * MaximumLength];
    private int _lineStart;
    private int _lineEnd;
    private int _filled;
    private bool _streamEnded;

    /// <summary>The line read last, without its line feed.</summary>
    public ReadOnlySpan<byte> Current => _buffer.AsSpan(_lineStart, _lineEnd - _lineStart);

    /// <summary>One-based number of the line read last.</summary>
    public long Number { get; private set; }

    /// <summary>Moves to the next line that can be read; false at the end of the text.</summary>
    public bool Read()
    {
        int next = Number == 0 ? 0 : _lineEnd + 1;
        while (TryFindLine(next))
        {
            Number++;
            if (_lineEnd - _lineStart <= MaximumLength)
            {
                ReportInvalidText();
                return true;
            }

            SkipRestOfLine();
            next = _lineEnd + 1;
        }

        return false;
    }

    private bool TryFindLine(int start)
    {
        int searched = start;
        while (true)
        {
            int length = searched < _filled ? _buffer.AsSpan(searched.._filled).IndexOf((byte)'\n') : -1;
            if (length >= 0)
            {
                (_lineStart, _lineEnd) = (start, searched + length);
                return true;
            }

            searched = Math.Max(start, _filled);
            if (_streamEnded || _filled - start > MaximumLength)
            {
                (_lineStart, _lineEnd) = (start, _filled);
                return start < _filled;
            }

            searched -= MoveToFront(ref start);
            Fill();
        }
    }

    /// <summary>Makes room behind the bytes from <paramref name="start"/> on; gives by how much they moved.</summary>
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
            int end = _buffer.AsSpan(_lineStart.._filled).IndexOf((byte)'\n');
            if (end >= 0)
            {
                _lineEnd = _lineStart + end;
                return;
            }

            (_lineStart, _lineEnd, _filled) = (0, 0, 0);
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

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// The numbers printed before the frames of one stack. They show where a stack begins, whether it was printed from its innermost frame
/// on, and where frames were left out. All are read as hexadecimal; decimal ones sort alike.
/// </summary>
internal sealed class FrameNumbers
{
    private int? _first;
    private int? _last;
    private int _count;

    /// <summary>Whether any frame has a number.</summary>
    public bool Any => _last is not null;

    /// <summary>Whether the numbers fall from frame to frame.</summary>
    public bool Descend { get; private set; }

    /// <summary>Whether numbers are missing between two frames.</summary>
    public bool HaveGap { get; private set; }

    /// <summary>Whether the first frame printed is the one that has no other further in.</summary>
    public bool BeginAtZero => _first == 0;

    /// <summary>Whether the last frame printed is the one with number 0.</summary>
    public bool EndAtZero => Descend && _last == 0;

    /// <summary>Whether frames before the first one printed are missing.</summary>
    public bool BeginLate => _first > 0 && !Descend;

    /// <summary>Whether a frame with this number cannot belong to the stack read so far.</summary>
    public bool BeginAnother(int number, bool afterBlank)
    {
        if (_last is not { } last)
            return number == 0 || afterBlank;
        if (Descend)
            return number > last;
        if (number == 0)
            return !(last == 1 && _count == 1);
        return afterBlank && number < last;
    }

    /// <summary>Takes the number of the next frame.</summary>
    /// <param name="number">The number.</param>
    /// <param name="framesBefore">Frames of the stack read before it, with or without number.</param>
    public void Note(int number, int framesBefore)
    {
        if (framesBefore == 0)
            _first = number;
        if (_last is { } last)
        {
            if (framesBefore == 1)
                Descend = number < last;
            HaveGap |= Descend ? !Follows(number, last) : !Follows(last, number) && number != last;
        }

        _last = number;
        _count = framesBefore + 1;
    }

    public void Clear()
    {
        _first = _last = null;
        _count = 0;
        Descend = HaveGap = false;
    }

    private static bool Follows(int number, int next) => next == number + 1 || next == NextDecimal(number);

    /// <summary>The number after one whose digits are decimal, with its digits read as hexadecimal ones again: 0x10 for 9, 0x100 for 0x99.</summary>
    private static int NextDecimal(int number)
    {
        const int Nine = 9;
        int next = number + 1;
        for (int shift = 0; (number >> shift & 0xf) == Nine; shift += 4)
            next += 6 << shift;
        return next;
    }
}

namespace KCallbacks.Reports.Markup;

/// <summary>A piece of a line: harmless text, how it stands out and the debugger command behind it.</summary>
public readonly record struct Run
{
    private readonly int _kept;

    /// <summary>Makes a run; <paramref name="text"/> may come from the target, it is made harmless here.</summary>
    /// <param name="text">The text.</param>
    /// <param name="emphasis">How it stands out.</param>
    /// <param name="link">The command behind it.</param>
    /// <param name="kept">Further text, which stays whole as long as there is room for it when the run is cut.</param>
    public Run(string text, Emphasis emphasis = Emphasis.Normal, Link? link = null, string kept = "")
    {
        string harmless = Printable.Of(kept);
        Text = Printable.Of(text) + harmless;
        _kept = harmless.Length;
        Emphasis = emphasis;
        Link = link;
    }

    /// <summary>The text, without control characters.</summary>
    public string Text { get; }

    /// <summary>How it stands out.</summary>
    public Emphasis Emphasis { get; }

    /// <summary>The command behind it; null when there is none.</summary>
    public Link? Link { get; }

    /// <summary>How short it may be cut without losing the text that is kept; 0 when there is none.</summary>
    public int ShortestCut => _kept == 0 ? 0 : Math.Min(Text.Length, _kept + Printable.ShortestCut);

    /// <summary>
    /// The same run with at most <paramref name="length"/> characters: its middle is left out, or the end of what stands before the
    /// text that is kept.
    /// </summary>
    public Run CutTo(int length)
    {
        if (Text.Length <= length)
            return this;
        bool keeps = _kept > 0 && length - _kept >= Printable.ShortestCut;
        return new Run(
            keeps ? Printable.CutEnd(Text[..^_kept], length - _kept) + Text[^_kept..] : Printable.Cut(Text, length),
            Emphasis,
            Link);
    }
}

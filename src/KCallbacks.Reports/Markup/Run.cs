namespace KCallbacks.Reports.Markup;

/// <summary>A piece of a line: harmless text, how it stands out and the debugger command that a click runs.</summary>
public readonly record struct Run
{
    private readonly int _kept;

    /// <summary>Makes a run; <paramref name="text"/> may come from the target, it is made harmless here.</summary>
    /// <param name="text">The text.</param>
    /// <param name="emphasis">How it stands out.</param>
    /// <param name="link">The command that a click runs.</param>
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

    /// <summary>The command that a click runs; null when there is none.</summary>
    public Link? Link { get; }

    /// <summary>How short it may be cut without losing the text that is kept; 0 when there is none.</summary>
    public int ShortestCut => _kept == 0 ? 0 : Math.Min(Text.Length, _kept + Fold.ShortestCut);

    /// <summary>
    /// The same run with at most <paramref name="length"/> characters: its middle is left out, or the end of what stands before the
    /// text that is kept.
    /// </summary>
    /// <param name="length">Characters to fit into.</param>
    /// <param name="gap">What stands for what is left out.</param>
    public Run CutTo(int length, string gap = Fold.Gap)
    {
        if (Text.Length <= length)
            return this;
        bool keeps = _kept > 0 && length - _kept >= Fold.ShortestCut;
        return new Run(
            keeps ? Fold.End(Text[..^_kept], length - _kept, gap) + Text[^_kept..] : Fold.Name(Text, length, gap),
            Emphasis,
            Link);
    }
}

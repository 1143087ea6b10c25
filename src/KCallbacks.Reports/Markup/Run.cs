namespace KCallbacks.Reports.Markup;

/// <summary>A piece of a line: harmless text, how it stands out and the debugger command that a click runs.</summary>
public readonly record struct Run
{
    /// <summary>Makes a run; <paramref name="text"/> may come from the target, it is made harmless here.</summary>
    /// <param name="text">The text.</param>
    /// <param name="emphasis">How it stands out.</param>
    /// <param name="link">The command that a click runs.</param>
    public Run(string text, Emphasis emphasis = Emphasis.Normal, Link? link = null)
    {
        Text = Printable.Of(text);
        Emphasis = emphasis;
        Link = link;
    }

    /// <summary>The text, without control characters.</summary>
    public string Text { get; }

    /// <summary>How it stands out.</summary>
    public Emphasis Emphasis { get; }

    /// <summary>The command that a click runs; null when there is none.</summary>
    public Link? Link { get; }

    /// <summary>The same run with at most <paramref name="length"/> characters: its end is left out.</summary>
    public Run CutTo(int length) => Text.Length <= length ? this : new Run(Fold.End(Text, length), Emphasis, Link);
}

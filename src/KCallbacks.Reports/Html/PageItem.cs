namespace KCallbacks.Reports.Html;

/// <summary>A piece of a page that is shown or hidden as a whole: a heading, a drawing, a lane, a row.</summary>
/// <param name="Html">Its markup.</param>
/// <param name="Height">Pixels that it takes, about: what is not built yet has this much room.</param>
public readonly record struct PageItem(string Html, int Height)
{
    /// <summary>Threads that it stands for.</summary>
    public int Threads { get; init; }

    /// <summary>Markup that goes inside and is built when it is unfolded; it stands where <see cref="Slot"/> does.</summary>
    public string Folded { get; init; } = "";

    /// <summary>Marks the place of <see cref="Folded"/>; no text of a page can hold it, because every <c>&lt;</c> of a name is escaped.</summary>
    public const string Slot = "<!--folded-->";
}

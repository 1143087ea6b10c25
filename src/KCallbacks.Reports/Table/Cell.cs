using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Table;

/// <summary>A cell of the row of a thread: words, a name that may be cut, words.</summary>
/// <param name="Lead">What stands before the name.</param>
/// <param name="Name">A name of the target; empty when there is none.</param>
/// <param name="Tail">What stands after it.</param>
internal readonly record struct Cell(string Lead, string Name = "", string Tail = "")
{
    /// <summary>The command that a click on the name runs; on the words where there is no name.</summary>
    public Link? Link { get; init; }

    /// <summary>How the cell stands out.</summary>
    public Emphasis Emphasis { get; init; }

    /// <summary>All of it, as it would be printed with enough room.</summary>
    public string Text => Name.Length == 0 && Tail.Length == 0 ? Printable.Of(Lead) : Printable.Of(Lead) + Printable.Of(Name) + Printable.Of(Tail);

    /// <summary>The runs of the cell within a width: the name gives way first, then the end.</summary>
    /// <param name="width">Characters to fit into.</param>
    /// <param name="gap">What stands for what is left out of the name.</param>
    public Run[] Fit(int width, string gap = Fold.Gap)
    {
        string lead = Printable.Of(Lead);
        string name = Printable.Of(Name);
        string tail = Printable.Of(Tail);
        if (lead.Length + name.Length + tail.Length <= width)
            return Runs(lead, name, tail);
        int room = width - lead.Length - tail.Length;
        if (name.Length > 0 && room < Fold.ShortestCut && tail.Length > 0)
            (tail, room) = ("", width - lead.Length);
        if (name.Length > 0 && room >= Fold.ShortestCut)
            return Runs(lead, Fold.Symbol(name, room, gap), tail);
        return Runs(name.Length == 0 ? Fold.Words(lead + tail, width, gap) : Fold.End(lead + name + tail, width, gap), "", "");
    }

    private Run[] Runs(string lead, string name, string tail) => name.Length == 0
        ? [new Run(lead + tail, Emphasis, Link)]
        : [new Run(lead, Emphasis), new Run(name, Emphasis, Link), new Run(tail, Emphasis)];
}

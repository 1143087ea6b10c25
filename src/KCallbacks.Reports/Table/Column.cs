using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Table;

/// <summary>A column of a table: everything a target adds to the report is one more of these.</summary>
/// <param name="Title">The title, as wide as the column is at least.</param>
/// <param name="Cell">The cell of a row; a run without text is an empty cell. A column of empty cells is left out.</param>
/// <param name="Alignment">The side cells lean on.</param>
/// <param name="Priority">When the table is too wide even with cut names, the column of the lowest priority goes first.</param>
/// <param name="MinWidth">Width down to which cells may be cut in the middle; null when they must stay whole.</param>
/// <param name="Yields">Whether the column is left out rather than have most names of another one cut.</param>
internal sealed record Column<TRow>(
    string Title,
    Func<TRow, Run> Cell,
    Alignment Alignment = Alignment.Left,
    int Priority = 0,
    int? MinWidth = null,
    bool Yields = false);

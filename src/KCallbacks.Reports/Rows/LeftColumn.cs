using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Rows;

/// <summary>One of the columns by which a thread is known. It is as wide as its longest cell and never cut.</summary>
/// <param name="Title">The title.</param>
/// <param name="Width">Narrowest width.</param>
/// <param name="IsNumber">Whether cells lean on the right side.</param>
/// <param name="Cell">The cell of a row.</param>
internal sealed record LeftColumn(string Title, int Width, bool IsNumber, Func<ThreadRow, Run> Cell)
{
    /// <summary>The same, wide enough for all rows.</summary>
    public LeftColumn For(IReadOnlyCollection<ThreadRow> rows)
    {
        int widest = Math.Max(Width, Title.Length);
        foreach (ThreadRow row in rows)
            widest = Math.Max(widest, Cell(row).Text.Length);
        return this with { Width = widest };
    }

    /// <summary>Adds a cell, one blank after the column before.</summary>
    public void Add(LineBuilder line, Run cell)
    {
        int start = line.Length == 0 ? 0 : line.Length + 1;
        if (IsNumber)
        {
            line.AddRight(cell, start + Width);
            return;
        }

        line.Add(start, cell);
        line.PadTo(start + Width);
    }
}

using System.Collections.Immutable;

namespace KCallbacks.Reports;

/// <summary>Rows set in columns that fit the data and the width of the page.</summary>
internal sealed class Table<TRow>
{
    private readonly ImmutableArray<Column<TRow>> _columns;
    private readonly int[] _widths;
    private readonly Run[][] _cells;

    private Table(ImmutableArray<Column<TRow>> columns, int[] widths, Run[][] cells)
    {
        _columns = columns;
        _widths = widths;
        _cells = cells;
    }

    /// <summary>The line of titles.</summary>
    public Line Header => Layout(_columns.Select(column => new Run(column.Title, Emphasis.Subdued)).ToArray());

    /// <summary>
    /// Lays out the rows. Names too long for the page are cut in the middle, widest column first; when that is not enough,
    /// columns are left out by priority.
    /// </summary>
    public static Table<TRow> Fit(IReadOnlyList<TRow> rows, ImmutableArray<Column<TRow>> columns, int pageWidth)
    {
        Run[][] cells = rows.Select(row => columns.Select(column => column.Cell(row)).ToArray()).ToArray();
        List<int> kept = Enumerable.Range(0, columns.Length).Where(i => cells.Any(row => row[i].Text.Length > 0)).ToList();

        while (true)
        {
            int[] widths = kept.Select(i => cells.Max(row => row[i].Text.Length)).ToArray();
            for (int i = 0; i < widths.Length; i++)
                widths[i] = Math.Max(widths[i], columns[kept[i]].Title.Length);

            ImmutableArray<Column<TRow>> set = [.. kept.Select(i => columns[i])];
            if (TryNarrow(widths, set, pageWidth) || kept.Count <= 1)
                return new Table<TRow>(set, widths, cells.Select(row => kept.Select(i => row[i]).ToArray()).ToArray());

            kept.Remove(kept.MinBy(i => columns[i].Priority));
        }
    }

    /// <summary>The line of one row.</summary>
    public Line Row(int index) => Layout(_cells[index]);

    private static bool TryNarrow(int[] widths, ImmutableArray<Column<TRow>> columns, int pageWidth)
    {
        int excess = widths.Sum() + columns.Select((_, i) => GapBefore(i, columns)).Sum() - pageWidth;
        while (excess > 0)
        {
            int widest = -1;
            for (int i = 0; i < widths.Length; i++)
            {
                if (widths[i] > columns[i].MinWidth && (widest < 0 || widths[i] > widths[widest]))
                    widest = i;
            }

            if (widest < 0)
                return false;

            widths[widest]--;
            excess--;
        }

        return true;
    }

    /// <summary>Names stand two blanks apart because they may hold blanks themselves, numbers one.</summary>
    private static int GapBefore(int column, ImmutableArray<Column<TRow>> columns) =>
        column == 0 ? 0
        : columns[column].Alignment == Alignment.Right || columns[column - 1].Alignment == Alignment.Right ? 1
        : 2;

    private Line Layout(Run[] cells)
    {
        ImmutableArray<Run>.Builder runs = ImmutableArray.CreateBuilder<Run>(3 * cells.Length);
        for (int i = 0; i < cells.Length; i++)
        {
            runs.Add(new Run(new string(' ', GapBefore(i, _columns))));
            Run cell = cells[i].CutTo(_widths[i]);
            var padding = new Run(new string(' ', _widths[i] - cell.Text.Length));
            if (_columns[i].Alignment == Alignment.Right)
                runs.AddRange(padding, cell);
            else
                runs.AddRange(cell, padding);
        }

        return new Line(runs.ToImmutable());
    }
}

using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Table;

/// <summary>Rows set in columns that fit the data and the width of the page.</summary>
internal sealed class Table<TRow>
{
    /// <summary>Characters to which a column may be cut although its cells lose there what they should keep.</summary>
    private const int LongestKept = 32;

    /// <summary>Tries to tell a name from others that are cut to the same letters; columns of numbers have no room for more.</summary>
    private const int MostAlike = 8;

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
    /// Lays out the rows. Where names are too long for the page, the fewest are cut in the middle; when that is not enough, columns
    /// are left out by priority.
    /// </summary>
    public static Table<TRow> Fit(IReadOnlyList<TRow> rows, ImmutableArray<Column<TRow>> columns, int pageWidth)
    {
        Run[][] cells = rows.Select(row => columns.Select(column => column.Cell(row)).ToArray()).ToArray();
        List<int> kept = Enumerable.Range(0, columns.Length).Where(i => cells.Any(row => row[i].Text.Length > 0)).ToList();

        while (true)
        {
            ImmutableArray<Column<TRow>> set = [.. kept.Select(i => columns[i])];
            int[][] lengths = [.. kept.Select(i => cells.Select(row => row[i].Text.Length).ToArray())];
            int[] widest = [.. set.Select((column, i) => lengths[i].Append(column.Title.Length).Max())];
            int[] narrowest = [.. kept.Select((index, i) => Math.Min(widest[i], Narrowest(columns[index], cells.Select(row => row[index]))))];
            int[]? widths = ColumnWidths.Share(lengths, narrowest, widest, pageWidth - set.Select((_, i) => GapBefore(i, set)).Sum());
            int least = kept.MinBy(i => columns[i].Priority);
            bool fits = widths is not null && !(columns[least].Yields && CutsMostNames(lengths, widths));
            if (fits || kept.Count <= 1)
                return new Table<TRow>(set, widths ?? narrowest, Cut(cells.Select(row => kept.Select(i => row[i]).ToArray()).ToArray(), widths ?? narrowest));

            kept.Remove(least);
        }
    }

    /// <summary>The line of one row.</summary>
    public Line Row(int index) => Layout(_cells[index]);

    /// <summary>
    /// The cells cut to the widths of their columns. Two names that would be cut to the same letters get numbers in place of the gap, so
    /// that no two names look alike.
    /// </summary>
    private static Run[][] Cut(Run[][] rows, int[] widths)
    {
        for (int column = 0; column < widths.Length; column++)
        {
            int width = widths[column];
            Dictionary<string, string> shown = [];
            foreach (Run[] row in rows.Where(row => row[column].Text.Length <= width))
                shown[row[column].Text] = row[column].Text;
            Dictionary<string, Run> cut = [];
            foreach (Run[] row in rows.Where(row => row[column].Text.Length > width))
                row[column] = CutOnce(row[column], width, shown, cut);
        }

        return rows;
    }

    private static Run CutOnce(Run cell, int width, Dictionary<string, string> shown, Dictionary<string, Run> cut)
    {
        if (cut.TryGetValue(cell.Text, out Run known))
            return new Run(known.Text, cell.Emphasis, cell.Link);
        Run made = cell.CutTo(width);
        for (int number = cut.Count; !shown.TryAdd(made.Text, cell.Text) && number < cut.Count + MostAlike; number++)
            made = cell.CutTo(width, string.Create(CultureInfo.InvariantCulture, $".{number + 1}."));
        cut.Add(cell.Text, made);
        return made;
    }

    private static int Narrowest(Column<TRow> column, IEnumerable<Run> cells) => column.MinWidth is { } width
        ? Math.Max(Math.Max(width, column.Title.Length), Math.Min(cells.Max(cell => cell.ShortestCut), LongestKept))
        : int.MaxValue;

    private static bool CutsMostNames(int[][] lengths, int[] widths) =>
        lengths.Zip(widths).Any(column => column.First.Count(length => length > column.Second) > column.First.Count(length => length > 0) / 2);

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

namespace KCallbacks.Reports.Table;

/// <summary>
/// Shares the width of a page out among columns: each gets what its cells need as long as all fit; otherwise as few cells as
/// possible are cut, and those as little as possible.
/// </summary>
internal static class ColumnWidths
{
    /// <summary>What it costs to cut a cell at all, in characters lost: more than all cells can lose, so that names stay whole first.</summary>
    private const long CutCell = 1L << 32;

    /// <summary>The widths; null when not even the narrowest fit.</summary>
    /// <param name="cells">The lengths of each column's cells.</param>
    /// <param name="narrowest">The widths down to which columns may be cut.</param>
    /// <param name="widest">The widths at which no cell is cut.</param>
    /// <param name="available">The sum not to be exceeded.</param>
    public static int[]? Share(int[][] cells, int[] narrowest, int[] widest, int available)
    {
        if (widest.Sum() <= available)
            return widest;
        int toShare = available - narrowest.Sum();
        if (toShare < 0)
            return null;

        // The cheapest way to share n characters out among the columns so far, one column after the other.
        long[] cheapest = new long[toShare + 1];
        int[][] taken = new int[cells.Length][];
        for (int column = 0; column < cells.Length; column++)
            (cheapest, taken[column]) = Add(cheapest, CostsOf(cells[column], narrowest[column], Math.Min(widest[column], narrowest[column] + toShare)));

        int[] widths = [.. narrowest];
        for (int column = cells.Length - 1; column >= 0; column--)
        {
            int extra = taken[column][toShare];
            widths[column] += extra;
            toShare -= extra;
        }

        return widths;
    }

    /// <summary>For every number of characters to share: the cheapest way with one column more, and what that column takes.</summary>
    private static (long[] Cheapest, int[] Taken) Add(long[] before, long[] costs)
    {
        long[] cheapest = new long[before.Length];
        int[] taken = new int[before.Length];
        for (int shared = 0; shared < before.Length; shared++)
        {
            cheapest[shared] = long.MaxValue;
            for (int extra = 0; extra <= shared && extra < costs.Length; extra++)
            {
                long cost = before[shared - extra] + costs[extra];
                if (cost < cheapest[shared])
                    (cheapest[shared], taken[shared]) = (cost, extra);
            }
        }

        return (cheapest, taken);
    }

    /// <summary>What the cells of a column lose at its narrowest width, one character more, and so on.</summary>
    private static long[] CostsOf(int[] cells, int narrowest, int widest)
    {
        KeyValuePair<int, int>[] cellsByLength = [.. cells.CountBy(length => length)];
        return [.. Enumerable.Range(narrowest, widest - narrowest + 1).Select(width => cellsByLength.Sum(cell => cell.Value * CostOf(cell.Key - width)))];
    }

    private static long CostOf(long lost) => lost <= 0 ? 0 : CutCell + lost;
}

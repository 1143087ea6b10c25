using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Reports.Phrases;
using KCallbacks.Reports.Table;

namespace KCallbacks.Reports.Rows;

/// <summary>Makes one row of threads that show the same. Names make rows equal, not addresses of code, so it works without unwinding.</summary>
internal static class RowMerge
{
    /// <summary>Rows up to which nothing is merged.</summary>
    public const int Few = 12;

    /// <summary>The rows, in the order of their first threads.</summary>
    /// <param name="rows">One per thread.</param>
    /// <param name="isWanted">Whether equal rows are merged however few there are.</param>
    public static ImmutableArray<ThreadRow> Of(ImmutableArray<ThreadRow> rows, bool isWanted)
    {
        if (rows.Length <= Few && !isWanted)
            return rows;
        ImmutableArray<ThreadRow> merged = By(rows, row => row.Key);
        return merged.Length <= Few ? merged : [.. By(merged, row => (row.Depth, row.In.Text, WaitPhrases.KindOf(row.First), row.Owner.Text), WithoutObject)];
    }

    private static ImmutableArray<ThreadRow> By<TKey>(ImmutableArray<ThreadRow> rows, Func<ThreadRow, TKey> keyOf, Func<IReadOnlyList<ThreadRow>, ThreadRow>? join = null)
        where TKey : notnull
    {
        var groups = new Dictionary<TKey, List<ThreadRow>>();
        var order = new List<List<ThreadRow>>();
        foreach (ThreadRow row in rows)
        {
            TKey key = keyOf(row);
            if (!groups.TryGetValue(key, out List<ThreadRow>? group))
            {
                groups[key] = group = [];
                order.Add(group);
            }

            group.Add(row);
        }

        return [.. order.Select(group => group.Count == 1 ? group[0] : (join ?? Joined)(group))];
    }

    private static ThreadRow Joined(IReadOnlyList<ThreadRow> rows) => rows[0] with { Threads = [.. rows.SelectMany(row => row.Threads)] };

    /// <summary>For example <c>event (600 different)</c>.</summary>
    private static ThreadRow WithoutObject(IReadOnlyList<ThreadRow> rows) => Joined(rows) with
    {
        WaitsFor = new Cell(string.Create(CultureInfo.InvariantCulture, $"{WaitPhrases.KindOf(rows[0].First)} ({rows.Count} different)")),
    };
}

namespace KCallbacks.Triage.Buckets;

/// <summary>A report for a terminal.</summary>
public static class BucketText
{
    private const int LongestPrograms = 40;

    /// <summary>Its lines.</summary>
    /// <param name="report">The report.</param>
    /// <param name="top">Buckets that are listed; 0 for all.</param>
    public static IEnumerable<string> Lines(BucketReport report, int top)
    {
        ArgumentNullException.ThrowIfNull(report);
        yield return BucketWords.Summary(report);
        if (BucketWords.SummaryBefore(report) is { } before)
            yield return before;
        if (report.Damaged > 0)
            yield return $"{BucketWords.Number(report.Damaged)} lines of the stores are no rows and are left out.";
        Bucket[] frequent = [.. report.Buckets.Where(bucket => bucket.Count > 0)];
        Bucket[] listed = [.. top == 0 ? frequent : frequent.Take(top)];
        foreach (string line in Table(report, listed, withExamples: true))
            yield return line;
        if (frequent.Length > listed.Length)
            yield return $"{BucketWords.Number(frequent.Length - listed.Length)} more; --top 0 lists all.";
        foreach (BucketChange change in (BucketChange[])[BucketChange.New, BucketChange.Back, BucketChange.Grown, BucketChange.Gone])
        {
            Bucket[] changed = [.. report.All.Where(bucket => bucket.Change == change)];
            if (changed.Length == 0)
                continue;
            yield return "";
            yield return $"{char.ToUpperInvariant(BucketWords.Of(change)[0])}{BucketWords.Of(change)[1..]}: {BucketWords.Number(changed.Length)}";
            foreach (string line in Table(report, [.. (top == 0 ? changed : changed.Take(top)).Select(bucket => bucket with { Partials = [] })], withExamples: false).Skip(1))
                yield return line;
        }
    }

    private static IEnumerable<string> Table(BucketReport report, Bucket[] buckets, bool withExamples)
    {
        if (buckets.Length == 0)
            yield break;
        bool isCompared = report.Query.ComparedSince is not null;
        (string[] Cells, Bucket Bucket, bool IsBelow)[] rows = [.. buckets.SelectMany(bucket => bucket.Partials.Select(partial => (CellsOf(report, partial, isBelow: true), partial, true)).Prepend((CellsOf(report, bucket, isBelow: false), bucket, false)))];
        string[] titles = ["Hangs", "Share", "Before", "Change", "Machines", "Programs", "First seen", "Last seen", "Bucket", BucketWords.Of(report.Query.By) is "bucket" ? "Signature" : "Key"];
        bool[] isShown = [true, true, isCompared, isCompared, true, true, true, true, report.Query.By == GroupKey.Bucket, true];
        int[] widths = [.. titles.Select((title, column) => rows.Max(row => row.Cells[column].Length) is var longest && longest > title.Length ? longest : title.Length)];
        yield return "";
        yield return Line(titles);
        foreach ((string[] cells, Bucket bucket, bool isBelow) in rows)
        {
            yield return Line(cells);
            if (withExamples && !isBelow && bucket.Example is { } example)
                yield return $"{new string(' ', widths[0])}  {example.Command}";
        }

        string Line(string[] cells) => string.Join("  ", cells.Select((cell, column) => (Text: column is 0 or 1 or 2 or 4 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]), column)).Where(pair => isShown[pair.column]).Select(pair => pair.Text)).TrimEnd();
    }

    private static string[] CellsOf(BucketReport report, Bucket bucket, bool isBelow) =>
    [
        BucketWords.Number(bucket.Count),
        BucketWords.Share(bucket.Count, report.Hangs),
        BucketWords.Number(bucket.Earlier),
        BucketWords.Of(bucket.Change),
        bucket.Machines == 0 ? "" : BucketWords.Number(bucket.Machines),
        BucketWords.Programs(bucket) is { Length: > LongestPrograms } programs ? string.Concat(programs.AsSpan(0, LongestPrograms - 3), "...") : BucketWords.Programs(bucket),
        BucketWords.Day(bucket.First),
        BucketWords.Day(bucket.Last),
        bucket.Id ?? "",
        (isBelow ? "  may be of it: " : "") + bucket.Key,
    ];
}

using System.Globalization;
using KCallbacks.Reports.Csv;

namespace KCallbacks.Triage.Buckets;

/// <summary>A report for spreadsheets: a line per bucket, the partial ones with the bucket that they stand under.</summary>
public static class BucketCsv
{
    /// <summary>Its lines.</summary>
    /// <param name="report">The report.</param>
    /// <param name="top">Buckets that are listed; 0 for all.</param>
    public static IEnumerable<string> Lines(BucketReport report, int top)
    {
        ArgumentNullException.ThrowIfNull(report);
        yield return CsvLine.Of([BucketWords.Of(report.Query.By) is "bucket" ? "signature" : BucketWords.Of(report.Query.By), "bucket", "partial", "under", "count", "earlier", "change", "machines", "programs", "versions", "windows", "first", "last", "example", "thread", "command"]);
        foreach (Bucket bucket in top == 0 ? report.Buckets : report.Buckets.Take(top))
        {
            yield return Line(bucket, under: null);
            foreach (Bucket partial in bucket.Partials)
                yield return Line(partial, under: bucket.Id);
        }
    }

    private static string Line(Bucket bucket, string? under) => CsvLine.Of(
    [
        CsvLine.Text(bucket.Key),
        CsvLine.Text(bucket.Id),
        bucket.IsPartial ? "true" : "false",
        CsvLine.Text(under),
        Number(bucket.Count),
        Number(bucket.Earlier),
        BucketWords.Of(bucket.Change),
        Number(bucket.Machines),
        Shares(bucket.Programs),
        Shares(bucket.Versions),
        Shares(bucket.Windows),
        BucketWords.Time(bucket.First) ?? "",
        BucketWords.Time(bucket.Last) ?? "",
        CsvLine.Text(bucket.Example?.Path),
        bucket.Example?.Thread is { } thread ? Number(thread) : "",
        CsvLine.Text(bucket.Example?.Command),
    ]);

    private static string Shares(IEnumerable<BucketShare> shares) => CsvLine.Text(string.Join("; ", shares.Select(share => $"{share.Text} ({Number(share.Count)})")));

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

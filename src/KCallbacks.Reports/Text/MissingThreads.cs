namespace KCallbacks.Reports;

/// <summary>Threads that <c>-t</c> names and that are not there: a mistyped number must not look like a thread in no callback.</summary>
internal static class MissingThreads
{
    /// <summary>Nothing when all are there, or when the scan did not come to them.</summary>
    public static IEnumerable<Line> Lines(Report report, CommandOptions options)
    {
        if (!report.Complete)
            yield break;
        foreach (ThreadRange range in options.Threads.Where(range => !report.Findings.Any(finding => range.Contains(finding.Thread))))
            yield return Line.Of($"There is no thread {range}; -a lists all.", Emphasis.Warning);
    }
}

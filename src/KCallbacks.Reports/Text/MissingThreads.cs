using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Text;

/// <summary>Threads that <c>-t</c> names and that are not there: a mistyped number must not look like a thread in no callback.</summary>
internal static class MissingThreads
{
    /// <summary>Nothing when all are there, or when the scan did not come to them.</summary>
    public static IEnumerable<Line> Lines(Report report, ThreadFilter filter)
    {
        if (!report.Complete)
            yield break;
        foreach (ThreadRange range in filter.Threads.Where(range => !report.Findings.Any(finding => range.Contains(finding.Thread))))
            yield return Line.Of($"There is no thread {range}; -a lists all.{Hint(range)}", Emphasis.Warning);
    }

    /// <summary>Kernel debuggers read and print ids without <c>0x</c>.</summary>
    private static string Hint(ThreadRange range) => range.IsSystemId || range.First != range.Last ? "" : $" By system id: -t 0x{range}.";
}

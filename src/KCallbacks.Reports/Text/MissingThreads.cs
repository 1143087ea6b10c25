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
            yield return Line.Of($"there is no thread {range}{Hint(range)}; -a lists all", Emphasis.Warning);
    }

    /// <summary>Anyone who types digits of the column of ids means hexadecimal ones.</summary>
    private static string Hint(ThreadRange range) => range.IsSystemId || range.First != range.Last ? "" : $"; thread id {range} is -t ~~[{range}]";
}

using KCallbacks.Detection.Model;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Text;

/// <summary>Threads that could not be judged, by reason: a thread without a verdict is never passed over.</summary>
internal static class UnknownThreads
{
    /// <summary>Nothing when every thread was judged.</summary>
    public static IEnumerable<Line> Lines(Report report, ThreadFilter filter)
    {
        ThreadFinding[] unknown = [.. report.Findings.Where(finding => finding.Verdict == Verdict.Unknown)];
        if (unknown.Length == 0)
            yield break;

        yield return Line.Empty;
        yield return Line.Of($"{SummaryLine.Counted(unknown.Length)} unknown:", Emphasis.Warning);
        foreach (IGrouping<string, ThreadFinding> reason in unknown.GroupBy(finding => finding.Reason).OrderByDescending(group => group.Count()))
        {
            foreach (Line line in ThreadList.WithReason(reason.Key, [.. reason], filter.All))
                yield return line;
        }

        yield return Line.Of($"        {Remedy.Of(report.Source)}", Emphasis.Subdued);
    }
}

using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Text;

/// <summary>Threads that are in no callback only as far as little of them shows, by reason: such a verdict is never passed over.</summary>
internal static class DoubtfulThreads
{
    /// <summary>Reasons told; the rest is counted.</summary>
    private const int Few = 4;

    /// <summary>Nothing when every verdict is more than a guess, or where the user filters.</summary>
    public static IEnumerable<Line> Lines(Report report, ThreadFilter filter)
    {
        int all = report.Summary.LowConfidence;
        if (all == 0 || filter.IsRestricting)
            yield break;

        IGrouping<string, ThreadFinding>[] reasons =
            [.. report.Findings.Where(ReportSummary.IsDoubtful).GroupBy(finding => finding.Reason).OrderByDescending(group => group.Count())];
        yield return Line.Empty;
        yield return Line.Of($"{SummaryLine.Counted(all)} in none with low confidence:", Emphasis.Warning);
        foreach (IGrouping<string, ThreadFinding> reason in reasons.Take(filter.All ? reasons.Length : Few))
        {
            foreach (Line line in ThreadList.WithReason(reason.Key, [.. reason], filter.All))
                yield return line;
        }

        int told = reasons.Take(filter.All ? reasons.Length : Few).Sum(reason => reason.Count());
        if (told < all)
            yield return Line.Of(string.Create(CultureInfo.InvariantCulture, $"  {all - told,4}  of other reasons; -a tells all"));
        yield return Line.Of($"        {Remedy.Of(report.Source)}", Emphasis.Subdued);
    }
}

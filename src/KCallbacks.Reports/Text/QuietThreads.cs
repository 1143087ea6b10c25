using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Text;

/// <summary>Where the threads of a target without any callback stand: a list without rows would say nothing of what was read.</summary>
internal static class QuietThreads
{
    /// <summary>Places told; the rest is counted.</summary>
    private const int Few = 8;

    /// <summary>Nothing when a thread is in a callback, when rows were asked for, or when no place is known.</summary>
    public static IEnumerable<Line> Lines(Report report, ThreadFilter filter)
    {
        ReportSummary summary = report.Summary;
        if (summary.WithCallback > 0 || summary.None == summary.LowConfidence || filter.IsRestricting || filter.All)
            yield break;
        ThreadFinding[] quiet = [.. report.Findings.Where(finding => finding is { Verdict: Verdict.None, Shapes.IsEmpty: true } && !ReportSummary.IsDoubtful(finding))];
        IGrouping<string, ThreadFinding>[] places =
            [.. quiet.Where(finding => finding.BlockedIn is not null).GroupBy(finding => finding.BlockedIn!).OrderByDescending(group => group.Count())];
        int told = places.Sum(place => place.Count());
        // A scan of a session reads no registers of threads that memory clears: the few that it had to walk say nothing of the others.
        if (told == 0 || (told < quiet.Length && report.Source.Kind == SourceKind.Engine))
            yield break;

        yield return Line.Empty;
        yield return Line.Of("They stand in:");
        foreach (IGrouping<string, ThreadFinding> place in places.Take(Few))
        {
            foreach (Line line in ThreadList.WithReason(place.Key, [.. place], all: false))
                yield return line;
        }

        int more = quiet.Length - places.Take(Few).Sum(place => place.Count()) + report.NoneNotKept - report.LowConfidenceNotKept;
        if (more > 0)
            yield return Line.Of(string.Create(CultureInfo.InvariantCulture, $"  {more,4}  elsewhere; -a lists every thread"));
    }
}

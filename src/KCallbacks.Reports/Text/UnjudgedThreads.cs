using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Phrases;

namespace KCallbacks.Reports.Text;

/// <summary>Threads that could not be judged, or only by a guess, by reason: such a thread is never passed over.</summary>
internal static class UnjudgedThreads
{
    /// <summary>Reasons told; the rest is counted.</summary>
    private const int Few = 2;

    /// <summary>Threads named where not all are asked for; a list that would be longer is counted.</summary>
    private const int LongestList = 60;

    /// <summary>Nothing when every thread was judged, or where the user filters.</summary>
    public static IEnumerable<Line> Lines(ReportView view)
    {
        if (view.Filter.IsRestricting)
            yield break;
        IGrouping<string, ThreadFinding>[] reasons =
        [
            .. view.Report.Findings.Where(finding => finding.Verdict == Verdict.Unknown || ReportSummary.IsDoubtful(finding))
                .GroupBy(finding => finding.Reason).OrderByDescending(group => group.Count()),
        ];
        int told = view.Filter.All ? reasons.Length : Math.Min(Few, reasons.Length);
        foreach (IGrouping<string, ThreadFinding> reason in reasons.Take(told))
        {
            string list = NumberRanges.Of(reason.Select(finding => finding.Thread));
            string shown = list.Length > LongestList && !view.Filter.All ? "" : $": {list}";
            foreach (Line line in view.Prose($"Not judged, {Counted.Of(reason.Count(), "thread")}: {reason.Key}{shown}", emphasis: Emphasis.Warning))
                yield return line;
        }

        if (reasons.Length > told)
            yield return Line.Of($"  and {Counted.Of(reasons.Length - told, "more reason")}: -a");
        if (reasons.Length > 0 || LacksOwners(view))
        {
            foreach (Line line in view.Prose(Remedy.Of(view.Report.Source), reasons.Length > 0 ? "  " : "", Emphasis.Subdued))
                yield return line;
        }
    }

    /// <summary>Whether a fuller capture would say for whom the threads of the worst finding wait.</summary>
    private static bool LacksOwners(ReportView view) =>
        view.Blocking is [{ Form: HangForm.Nobody } worst, ..]
        && worst.Behind.Any(position => view.Result.Of(position)?.Waits is { } waits && OwnerPhrases.WhyUnknown(waits) == OwnerUnknown.NotCaptured);
}

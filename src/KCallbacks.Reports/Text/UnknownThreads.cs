using System.Globalization;
using KCallbacks.Detection;

namespace KCallbacks.Reports;

/// <summary>Threads that could not be judged, by reason: a thread without a verdict is never passed over.</summary>
internal static class UnknownThreads
{
    /// <summary>Nothing when every thread was judged.</summary>
    public static IEnumerable<Line> Lines(Report report, CommandOptions options)
    {
        ThreadFinding[] unknown = [.. report.Findings.Where(finding => finding.Verdict == Verdict.Unknown)];
        if (unknown.Length == 0)
            yield break;

        yield return Line.Empty;
        yield return Line.Of($"{SummaryLine.Counted(unknown.Length)} unknown:", Emphasis.Warning);
        foreach (IGrouping<string, ThreadFinding> reason in unknown.GroupBy(finding => finding.Reason).OrderByDescending(group => group.Count()))
        {
            ThreadFinding[] threads = [.. reason];
            yield return Line.Of(string.Create(CultureInfo.InvariantCulture, $"  {threads.Length,4}  {Printable.Cut(reason.Key, Printable.LongestName)}"));
            foreach (Line line in ThreadList.Lines("        threads", threads, options.All))
                yield return line;
        }
    }
}

using System.Globalization;
using KCallbacks.Detection.Hangs;
using KCallbacks.Reports.Phrases;

namespace KCallbacks.Reports.Text;

/// <summary>All threads counted. A zero is left out.</summary>
internal static class CountsLine
{
    /// <summary>Threads that wait for work up to which nobody asks what the others do.</summary>
    private const int ManyIdle = 100;

    /// <summary>For example <c>18 threads: 12 in a callback (2 nested, 3 at ZwCallbackReturn), 6 in none.</c></summary>
    public static string Of(ReportView view)
    {
        ReportSummary summary = view.Report.Summary;
        int unjudged = summary.Unknown + summary.LowConfidence;
        string[] parts =
        [
            .. Callbacks(summary, unjudged),
            .. None(view, summary),
            .. unjudged > 0 ? [string.Create(CultureInfo.InvariantCulture, $"{unjudged} not judged")] : Array.Empty<string>(),
        ];
        string end = view.Result.State == HangState.Idle && summary.Threads > 0 ? "; all were judged." : ".";
        return $"{Counted.Of(summary.Threads, "thread")}{Processes(view)}: {string.Join(", ", parts)}{end}";
    }

    private static IEnumerable<string> Callbacks(ReportSummary summary, int unjudged)
    {
        if (summary.WithCallback > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{summary.WithCallback} in a callback{Kinds(summary)}");
        else if (summary.Threads == 0)
            yield return "nothing to judge";
        else if (unjudged == 0)
            yield return "none in a callback";
    }

    private static string Kinds(ReportSummary summary)
    {
        List<string> kinds = [];
        if (summary.Nested > 0)
            kinds.Add(summary.WithCallback == 1 ? "nested" : string.Create(CultureInfo.InvariantCulture, $"{summary.Nested} nested"));
        if (summary.AtReturn > 0)
            kinds.Add(summary.WithCallback == 1 ? "at ZwCallbackReturn" : string.Create(CultureInfo.InvariantCulture, $"{summary.AtReturn} at ZwCallbackReturn"));
        return kinds.Count == 0 ? "" : $" ({string.Join(", ", kinds)})";
    }

    private static IEnumerable<string> None(ReportView view, ReportSummary summary)
    {
        int none = summary.None - summary.LowConfidence;
        if (none == 0 || (summary.WithCallback == 0 && none == summary.Threads))
            yield break;
        int idle = view.Result.Threads.Count(thread => thread is { WaitsForWork: true, Finding.Depth: 0, IsJudged: true });
        string work = idle > ManyIdle ? string.Create(CultureInfo.InvariantCulture, $", of these {idle} wait for work") : "";
        yield return string.Create(CultureInfo.InvariantCulture, $"{none} in none{work}");
    }

    private static string Processes(ReportView view)
    {
        int processes = view.Report.Findings.Select(finding => finding.Thread.Process?.Address).Where(address => address is not null).Distinct().Count();
        return processes > 1 ? $" of {processes} processes" : "";
    }
}

using System.Globalization;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Text;

/// <summary>The first line: the answer in one sentence.</summary>
internal static class SummaryLine
{
    /// <summary>
    /// For example <c>2001 threads: 800 in a callback, 200 nested, 3 at ZwCallbackReturn, 1 unknown (41 ms)</c>. Threads
    /// nested and at ZwCallbackReturn are among those in a callback.
    /// </summary>
    public static Line Of(Report report, int shown, ThreadFilter filter)
    {
        ReportSummary summary = report.Summary;
        string sentence = $"{Verdicts(summary)}{Selected(shown, filter)}{Time(report)}";
        return report.Complete
            ? Line.Of($"{Counted(summary.Threads)}: {sentence}", summary.WithCallback > 0 ? Emphasis.Strong : Emphasis.Normal)
            : Line.Of(new Run($"PARTIAL, {Judged(report)}: ", Emphasis.Warning), new Run(sentence));
    }

    /// <summary>A number of threads in words.</summary>
    public static string Counted(int threads) => threads == 1 ? "1 thread" : string.Create(CultureInfo.InvariantCulture, $"{threads} threads");

    private static string Verdicts(ReportSummary summary)
    {
        if (summary.WithCallback > 0)
            return string.Create(CultureInfo.InvariantCulture, $"{summary.WithCallback} in a callback, {summary.Nested} nested, {summary.AtReturn} at ZwCallbackReturn, {summary.Unknown} unknown{Doubtful(summary, " in none")}");
        if (summary.Threads == 0)
            return "nothing to judge";
        if (summary.Unknown == summary.Threads)
            return "none could be judged";

        if (summary.IsJudged)
            return "none in a kernel-to-user callback";
        string unknown = summary.Unknown == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {summary.Unknown} unknown");
        return $"none seen in a kernel-to-user callback{unknown}{Doubtful(summary, "")}";
    }

    private static string Doubtful(ReportSummary summary, string where) =>
        summary.LowConfidence == 0 ? ""
        : summary.LowConfidence == summary.Threads ? ", low confidence"
        : string.Create(CultureInfo.InvariantCulture, $", {summary.LowConfidence}{where} with low confidence");

    private static string Selected(int shown, ThreadFilter filter) =>
        filter.IsRestricting ? string.Create(CultureInfo.InvariantCulture, $"; {shown} selected") : "";

    private static string Time(Report report) =>
        report.Elapsed is { } elapsed ? string.Create(CultureInfo.InvariantCulture, $" ({elapsed.TotalMilliseconds:0} ms)") : "";

    private static string Judged(Report report) => report.ThreadsInSource is { } all
        ? string.Create(CultureInfo.InvariantCulture, $"{report.Summary.Threads} of {Counted(all)} judged")
        : Counted(report.Summary.Threads);
}

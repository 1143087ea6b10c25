using KCallbacks.Detection.Model;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Text;

/// <summary>What a report says of all threads, of one and of a callback, in a line each and without links: for places that are no table.</summary>
public static class OneLine
{
    /// <summary>For example <c>2001 threads: 800 in a callback, 200 nested, 3 at ZwCallbackReturn, 1 unknown (41 ms)</c>.</summary>
    public static string Of(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return PlainText.Render(SummaryLine.Of(report, report.Findings.Length, new ThreadFilter()));
    }

    /// <summary>For example <c>in-callback, depth 2, __fnDWORD WM_PAINT, entered by NtUserMessageCall, waiting in NtWaitForSingleObject</c>.</summary>
    public static string Of(ThreadFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        var row = new ThreadGroup([finding]);
        return string.Join(", ", new[]
        {
            ThreadColumns.VerdictOf(row).Text,
            Prefixed("depth ", ThreadColumns.Depth(row)),
            ThreadColumns.Routine(row).Text,
            Prefixed("entered by ", ThreadColumns.Entry(row)),
            Prefixed("waiting in ", ThreadColumns.BlockedIn(row)),
            finding.Verdict == Verdict.Unknown ? finding.Reason : "",
        }.Where(part => part.Length > 0));
    }

    /// <summary>For example <c>__fnDWORD WM_PAINT, entered by win32u!NtUserMessageCall</c>.</summary>
    public static string Of(Callback callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        string routine = ThreadColumns.RoutineText(callback);
        return callback.Entry is { } entry ? $"{routine}, entered by {entry}" : routine;
    }

    private static string Prefixed(string words, Run cell) => cell.Text.Length == 0 ? "" : words + cell.Text;
}

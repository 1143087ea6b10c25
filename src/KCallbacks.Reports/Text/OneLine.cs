using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Phrases;
using KCallbacks.Reports.Rows;

namespace KCallbacks.Reports.Text;

/// <summary>What a report says of all threads, of one and of a callback, in a line each and without links: for places that are no table.</summary>
public static class OneLine
{
    /// <summary>For example <c>BLOCKED: UI thread 0 waits for thread 7, which sleeps; 3 threads held up. 14 threads: 3 in a callback, 11 in none.</c></summary>
    public static string Of(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var view = new ReportView(report, new ThreadFilter(), new ReportForm());
        return Markup.Printable.Of($"{view.Sentence.Keyword}: {view.Sentence.Text} {CountsLine.Of(view)}");
    }

    /// <summary>For example <c>in-callback, depth 2, WM_PAINT app!WndProc, via NtUserMessageCall, waiting in NtWaitForSingleObject</c>.</summary>
    public static string Of(ThreadFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        string mark = finding.Verdict == Verdict.Unknown ? "" : ThreadRow.MarkOf(finding.Confidence);
        return Markup.Printable.Of(string.Join(", ", new[]
        {
            DisplayText.Of(finding.Verdict) + mark,
            finding.Depth == 0 ? "" : $"depth {DisplayText.OfDepth(finding)}",
            CallbackPhrases.In(finding).Text,
            Prefixed("via ", finding.Callbacks.FirstOrDefault()?.Entry),
            Prefixed("waiting in ", finding.BlockedIn),
            finding.Verdict == Verdict.Unknown ? finding.Reason : "",
        }.Where(part => part.Length > 0)));
    }

    /// <summary>For example <c>WM_PAINT app!WndProc, via win32u!NtUserMessageCall</c>.</summary>
    public static string Of(Callback callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        string words = CallbackPhrases.Of(callback).Text;
        return Markup.Printable.Of(callback.Entry is { } entry ? $"{words}, via {entry}" : words);
    }

    /// <summary>For example <c>critical section app!g_doc</c>.</summary>
    public static string Of(Wait wait)
    {
        ArgumentNullException.ThrowIfNull(wait);
        return WaitPhrases.Of(wait).Text;
    }

    /// <summary><c>exclusive</c> or <c>shared</c>.</summary>
    public static string Of(LockAccess access) => WaitPhrases.WordOf(access);

    /// <summary>All that a thread waits for, or what it does instead, for example <c>any of event 0x60, mutex 0x5c</c>, <c>(runs app!Compute)</c>.</summary>
    public static string WaitOf(HangThread thread)
    {
        ArgumentNullException.ThrowIfNull(thread);
        return WaitPhrases.Of(thread).Text;
    }

    /// <summary>Who must let go of a thread, for example <c>-> 7</c>, <c>~> 4</c>, <c>-> ? not in dump</c>, <c>holds up 3</c>; empty where nobody has to.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="result">Names the others.</param>
    /// <param name="source">Where they were captured.</param>
    public static string OwnerOf(HangThread thread, HangResult result, ReportSource source)
    {
        ArgumentNullException.ThrowIfNull(thread);
        return OwnerPhrases.Of(thread, result, source);
    }

    /// <summary>A word for programs, for example <c>critical-section</c>.</summary>
    public static string KindOf(Wait wait)
    {
        ArgumentNullException.ThrowIfNull(wait);
        return WaitPhrases.WordOf(wait.Kind);
    }

    private static string Prefixed(string words, string? symbol) => symbol is null ? "" : words + SymbolText.Of(symbol);
}

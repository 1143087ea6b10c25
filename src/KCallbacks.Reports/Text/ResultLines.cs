using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Waits;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Phrases;

namespace KCallbacks.Reports.Text;

/// <summary>The first lines: what hangs, and what keeps the answer from being whole.</summary>
internal static class ResultLines
{
    private const string HalfEnd = "; ";

    /// <summary>The lines.</summary>
    public static IEnumerable<Line> Of(ReportView view)
    {
        string keyword = view.Sentence.Keyword;
        Link? link = view.Result.State > HangState.Busy ? Link.ToCommand(Advice.Command(view, "-w")) : null;
        string[] parts = Fitting($"{keyword}: {view.Sentence.Text}", view.Page);
        yield return new Line([new Run(keyword, Emphasis.Strong, view.IsInDebugger ? link : null), new Run(parts[0][keyword.Length..])]);
        foreach (string part in parts[1..])
            yield return Line.Of(part);
        foreach (Line line in view.Report.Complete ? [] : view.Prose($"PARTIAL: {Missing(view)}", emphasis: Emphasis.Warning))
            yield return line;
        if (HoldsLoaderLock(view))
            yield return Line.Of("The loader lock is held: no thread can start, end or load a library until then.");
    }

    /// <summary>The sentence on one line where it fits, else its halves, else wrapped.</summary>
    private static string[] Fitting(string text, int page)
    {
        int end = text.LastIndexOf(HalfEnd, StringComparison.Ordinal);
        if (text.Length <= page || end < 0)
            return [.. Paragraph.Lines("", text, page).Select(PlainText.Render)];
        string second = text[(end + HalfEnd.Length)..];
        return
        [
            .. Paragraph.Lines("", text[..end] + ".", page).Select(PlainText.Render),
            .. Paragraph.Lines("", char.ToUpperInvariant(second[0]) + second[1..], page).Select(PlainText.Render),
        ];
    }

    private static string Missing(ReportView view)
    {
        int judged = view.Report.Summary.Threads;
        string end = view.IsInDebugger ? "before Ctrl+Break" : "before the input ended";
        return view.Report.ThreadsInSource is { } all
            ? $"{judged} of {Counted.Of(all, "thread")} were judged {end}; {MissingIn(view) ?? Counted.Of(all - judged, "is", "are")} missing."
            : $"{Counted.Of(judged, "thread was", "threads were")} judged {end}; there are more.";
    }

    private static string? MissingIn(ReportView view) => Advice.MissingNumbers(view) is { } numbers ? $"threads {numbers.Replace("-", " to ", StringComparison.Ordinal)} are" : null;

    private static bool HoldsLoaderLock(ReportView view) =>
        view.Result is { State: HangState.Deadlock or HangState.Blocked, Findings: [var worst, ..] }
        && worst.Threads.Any(position => view.Result.Of(position)?.Waits?.Waits.Any(wait => wait.Kind == WaitKind.LoaderLock && !wait.Owners.IsEmpty) == true);
}

using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Phrases;
using KCallbacks.Reports.Rows;
using KCallbacks.Reports.Text;

namespace KCallbacks.Reports.Html;

/// <summary>Threads in no callback that nothing waits for: one line each, equal ones one line together. Of these there may be thousands.</summary>
internal static class QuietRows
{
    /// <summary>The lines, in the order of their first threads.</summary>
    public static IEnumerable<PageItem> Items(IReadOnlyList<HangThread> threads, ReportView view) => view.RowsOf(threads)
        .GroupBy(row => (row.Key, row.First.Finding.Verdict, row.First.Finding.Confidence, ReasonOf(row)))
        .Select(group => Item([.. group]));

    private static PageItem Item(ThreadRow[] rows)
    {
        ThreadRow row = rows[0];
        string[] cells =
        [
            row.Number.Text, row.SystemId.Text, rows.Length > 1 ? $"x {Counted.Number(rows.Length)}" : "",
            DisplayText.Of(row.First.Finding.Verdict) + ThreadRow.MarkOf(row.First.Finding.Confidence), row.In.Text, row.WaitsFor.Text, row.Owner.Text,
        ];
        string text = HtmlText.Of(string.Join("  ", cells.Where(cell => cell.Length > 0)));
        string reason = ReasonOf(row) is { Length: > 0 } why ? $"  <span class=\"warning\">{HtmlText.Of(why)}</span>" : "";
        string others = rows.Length > 1 ? $"<details><summary>all {Counted.Number(rows.Length)}</summary>{HtmlText.Of(NumberRanges.Of(rows.Select(one => one.First.Finding.Thread)))}</details>" : "";
        return new PageItem($"<div class=\"row\" data-threads=\"{Counted.Number(rows.Length)}\">{text}{reason}{others}</div>", Height: 21) { Threads = rows.Length };
    }

    private static string ReasonOf(ThreadRow row) => row.First.Finding.Verdict == Verdict.Unknown ? row.First.Finding.Reason : "";
}

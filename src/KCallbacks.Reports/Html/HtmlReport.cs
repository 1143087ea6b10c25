using System.Globalization;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Phrases;
using KCallbacks.Reports.Rows;
using KCallbacks.Reports.Text;

namespace KCallbacks.Reports.Html;

/// <summary>
/// The report as one page that can be attached to a bug: nothing is fetched, it can be read without its script, and the same report gives the
/// same bytes.
/// </summary>
public static class HtmlReport
{
    /// <summary>Stacks are folded into so many lanes; a page of more would take long to open.</summary>
    private const int MostStacks = 2_000;

    /// <summary>The lines of the page.</summary>
    /// <param name="report">What was found.</param>
    public static IEnumerable<string> Lines(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var view = new ReportView(report, new ThreadFilter(), new ReportForm { Verbose = true });
        string headline = report.Error is { } error ? $"ERROR: {error}" : $"{view.Sentence.Keyword}: {view.Sentence.Text}";
        yield return "<!DOCTYPE html>";
        yield return "<html lang=\"en\"><head><meta charset=\"utf-8\">";
        yield return $"<meta http-equiv=\"Content-Security-Policy\" content=\"{PageParts.Policy}\">";
        yield return "<meta name=\"viewport\" content=\"width=device-width\"><meta name=\"referrer\" content=\"no-referrer\">";
        yield return $"<title>{HtmlText.Of(headline)}</title>";
        yield return $"<style>{PageParts.Style}</style></head><body>";
        yield return $"<header><h1>{HtmlText.Of(headline)}</h1>";
        yield return $"<p class=\"facts\">{HtmlText.Of(FactsOf(report))}</p>";
        foreach (string warning in report.Warnings)
            yield return $"<p class=\"warning\">{HtmlText.Of(warning)}</p>";
        yield return "</header>";
        yield return "<div class=\"tools\" hidden><label>Filter <input id=\"filter\" type=\"search\" placeholder=\"message, module, function, wait\"></label> <span id=\"shown\" role=\"status\"></span> <span class=\"subdued\">/ filters, j and k go through the threads, Enter opens one</span></div><main>";
        foreach (string line in report.Error is null ? Content(view) : [])
            yield return line;
        yield return $"</main><footer><p class=\"subdued\">{HtmlText.Of($"{Product.Name} {Product.Version}")}. Certain: the object and its owner were read. ~ and dashes: likely. ?: not known.</p></footer>";
        yield return $"<script>{PageParts.Script}</script></body></html>";
    }

    private static string FactsOf(Report report)
    {
        Capture? capture = report.Capture;
        string[] facts =
        [
            .. new[]
            {
                report.Source.Path,
                capture?.Program is { } program ? $"{program}{(capture.ProcessId is { } id ? string.Create(CultureInfo.InvariantCulture, $" (pid {id})") : "")}" : null,
                capture?.CommandLine,
                capture?.Windows is { } windows ? $"Windows {windows}" : null,
                capture?.Made is { } made ? made.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) : null,
                DisplayText.Of(report.Source.Architecture),
                capture?.Lacks is { IsEmpty: false } lacks ? $"not in the dump: {string.Join("; ", lacks)}" : null,
            }.OfType<string>(),
        ];
        return string.Join(" | ", facts);
    }

    private static IEnumerable<string> Content(ReportView view)
    {
        HashSet<int> shown = [];
        int stacks = MostStacks;
        foreach (HangFinding finding in view.Result.Findings)
        {
            yield return $"<section><h2>{HtmlText.Of($"{DisplayText.KeywordOf(finding.State)}: {view.Sentence.Of(finding)}")}</h2>";
            foreach (string line in WaitDrawing.Lines(finding, view.Result))
                yield return line;
            foreach (HangThread thread in finding.Threads.Where(shown.Add).Select(view.Result.Of).OfType<HangThread>())
            {
                foreach (string line in new Lane(thread, view).Lines(stacks-- > 0))
                    yield return line;
            }

            yield return "</section>";
        }

        HangThread[] others = [.. view.Result.Threads.Where(thread => !shown.Contains(thread.Position))];
        HangThread[] inCallbacks = [.. others.Where(thread => thread.Finding.Depth > 0)];
        if (inCallbacks.Length > 0)
            yield return $"<section><h2>{HtmlText.Of(Counted.Of(inCallbacks.Length, "other thread in a callback", "other threads in callbacks"))}</h2>";
        foreach (HangThread thread in inCallbacks)
        {
            foreach (string line in new Lane(thread, view).Lines(stacks-- > 0))
                yield return line;
        }

        if (inCallbacks.Length > 0)
            yield return "</section>";
        foreach (string line in Rest(view, [.. others.Where(thread => thread.Finding.Depth == 0)]))
            yield return line;
    }

    /// <summary>Threads in no callback, one line each: of these there may be thousands.</summary>
    private static IEnumerable<string> Rest(ReportView view, HangThread[] threads)
    {
        if (threads.Length == 0)
            yield break;
        yield return $"<section><h2>{HtmlText.Of(Counted.Of(threads.Length, "other thread"))}</h2>";
        foreach (ThreadRow row in view.RowsOf(threads))
        {
            string[] cells = [row.Number.Text, row.SystemId.Text, DisplayText.Of(row.First.Finding.Verdict) + ThreadRow.MarkOf(row.First.Finding.Confidence), row.In.Text, row.WaitsFor.Text, row.Owner.Text];
            yield return $"<div class=\"row\">{HtmlText.Of(string.Join("  ", cells.Where(cell => cell.Length > 0)))}{(row.First.Finding.Verdict == Verdict.Unknown ? $"  <span class=\"warning\">{HtmlText.Of(row.First.Finding.Reason)}</span>" : "")}</div>";
        }

        yield return "</section>";
    }
}

using System.Globalization;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Phrases;
using KCallbacks.Reports.Text;

namespace KCallbacks.Reports.Html;

/// <summary>
/// The report as one page that can be attached to a bug: nothing is fetched, it can be read without its script, and the same report gives the
/// same bytes.
/// </summary>
public static class HtmlReport
{
    /// <summary>The lines of the page.</summary>
    /// <param name="report">What was found.</param>
    public static IEnumerable<string> Lines(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var view = new ReportView(report, new ThreadFilter(), new ReportForm { Verbose = true });
        var frame = new PageFrame(report.Error is { } error ? $"ERROR: {error}" : $"{view.Sentence.Keyword}: {view.Sentence.Text}")
        {
            Facts = FactsOf(report),
            Warnings = report.Warnings,
            Filtered = "message, module, function, wait",
            Legend = "Certain: the object and its owner were read. ~ and dashes: likely. ?: not known.",
        };
        return frame.Lines(report.Error is null ? Content(view) : []);
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

    private static IEnumerable<PageItem> Content(ReportView view)
    {
        HashSet<int> shown = [];
        var lanes = new LaneWriter(view);
        foreach (HangFinding finding in view.Result.Findings)
        {
            yield return Heading($"{DisplayText.KeywordOf(finding.State)}: {view.Sentence.Of(finding)}");
            if (WaitDrawing.Of(finding, view.Result) is { } drawing)
                yield return drawing;
            foreach (PageItem lane in lanes.Items(finding.Threads.Where(shown.Add).Select(view.Result.Of).OfType<HangThread>()))
                yield return lane;
        }

        HangThread[] others = [.. view.Result.Threads.Where(thread => !shown.Contains(thread.Position))];
        HangThread[] inCallbacks = [.. others.Where(thread => thread.Finding.Depth > 0)];
        if (inCallbacks.Length > 0)
            yield return Heading(Counted.Of(inCallbacks.Length, "other thread in a callback", "other threads in callbacks"));
        foreach (PageItem lane in lanes.Items(inCallbacks))
            yield return lane;
        HangThread[] inNone = [.. others.Where(thread => thread.Finding.Depth == 0)];
        if (inNone.Length > 0)
            yield return Heading(Counted.Of(inNone.Length, "other thread"));
        foreach (PageItem row in QuietRows.Items(inNone, view))
            yield return row;
    }

    private static PageItem Heading(string text) => new($"<h2>{HtmlText.Of(text)}</h2>", Height: 50);
}

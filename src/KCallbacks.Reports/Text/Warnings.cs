using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Phrases;

namespace KCallbacks.Reports.Text;

/// <summary>What went wrong on the way; the first few, because a log may have one per line.</summary>
internal static class Warnings
{
    private const int Few = 3;

    /// <summary>Nothing when nothing went wrong.</summary>
    public static IEnumerable<Line> Lines(ReportView view)
    {
        foreach (Line line in view.Report.Warnings.Take(Few).SelectMany(warning => view.Prose(warning, "warning: ", Emphasis.Warning)))
            yield return line;
        if (view.Report.Warnings.Length > Few)
            yield return Line.Of($"warning: and {Counted.Number(view.Report.Warnings.Length - Few)} more; JSON has them all", Emphasis.Warning);
    }
}

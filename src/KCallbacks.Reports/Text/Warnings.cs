using System.Globalization;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Text;

/// <summary>What went wrong on the way; the first few, because a log may have one per line.</summary>
internal static class Warnings
{
    private const int Few = 10;

    /// <summary>Nothing when nothing went wrong.</summary>
    public static IEnumerable<Line> Lines(Report report)
    {
        bool isStopped = !report.Complete && report.Source.Kind == SourceKind.Engine;
        if (report.Warnings.IsEmpty && !isStopped)
            yield break;

        yield return Line.Empty;
        if (isStopped)
            yield return Line.Of("Warning: stopped by Ctrl+Break, not all threads were judged. -t LIST judges those you name.", Emphasis.Warning);
        foreach (Line line in report.Warnings.Take(Few).SelectMany(warning => Paragraph.Lines("Warning: ", warning, Emphasis.Warning)))
            yield return line;
        if (report.Warnings.Length > Few)
            yield return Line.Of(string.Create(CultureInfo.InvariantCulture, $"Warning: and {report.Warnings.Length - Few} more; JSON has them all."), Emphasis.Warning);
    }
}

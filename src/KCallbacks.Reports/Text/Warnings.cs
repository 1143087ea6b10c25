using System.Globalization;

namespace KCallbacks.Reports;

/// <summary>What went wrong on the way; the first few, because a log may have one per line.</summary>
internal static class Warnings
{
    private const int Few = 10;

    /// <summary>Nothing when nothing went wrong.</summary>
    public static IEnumerable<Line> Lines(Report report)
    {
        if (report.Warnings.IsEmpty)
            yield break;

        yield return Line.Empty;
        foreach (string warning in report.Warnings.Take(Few))
            yield return Line.Of($"Warning: {Printable.Cut(warning, Printable.LongestName)}", Emphasis.Warning);
        if (report.Warnings.Length > Few)
            yield return Line.Of(string.Create(CultureInfo.InvariantCulture, $"Warning: and {report.Warnings.Length - Few} more; JSON has them all."), Emphasis.Warning);
    }
}

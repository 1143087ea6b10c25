using System.Collections.Immutable;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Phrases;
using KCallbacks.Reports.Rows;

namespace KCallbacks.Reports.Comparing;

/// <summary>A comparison for people: what is stuck, then the threads with a mark each.</summary>
public static class ComparisonText
{
    private static readonly ImmutableArray<(Change Change, string Mark, string Meaning)> Marks =
    [
        (Change.Same, "=", "same wait in both"),
        (Change.LikelySame, "~", "likely the same wait"),
        (Change.Unknown, "?", "waits in both, what for is not known"),
        (Change.Moved, "*", "not as before"),
        (Change.Came, "+", "only in the last"),
        (Change.Went, "-", "goes on, or gone"),
    ];

    /// <summary>The lines.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="width">Characters of a line; null for those of the debugger's command.</param>
    public static IEnumerable<Line> Lines(Comparison comparison, int? width)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        int page = width ?? (comparison.After.Source.Session == SessionKind.Kernel ? Page.KernelWidth : Page.Width);
        string keyword = DisplayText.KeywordOf(comparison.State) + (comparison.State == HangState.Stuck && !comparison.IsCertain ? "~" : "");
        foreach (Line line in Paragraph.Lines("", $"{keyword}: {SentenceOf(comparison)}", page))
            yield return line;

        (Change Change, string Mark, ThreadRow Row)[] rows = [.. RowsOf(comparison)];
        if (rows.Length > 0)
        {
            var table = new RowTable([.. rows.Select(row => row.Row)], page - 2);
            yield return Line.Empty;
            yield return Marked(" ", table.Header);
            foreach ((_, string mark, ThreadRow row) in rows)
                yield return Marked(mark, table.Of(row));
        }

        yield return Line.Empty;
        if (rows.Length > 0)
            yield return Line.Of(string.Join(", ", Marks.Where(mark => rows.Any(row => row.Change == mark.Change)).Select(mark => $"{mark.Mark} {mark.Meaning}")) + ". By thread id.", Emphasis.Subdued);
        foreach (Line line in Paragraph.Lines("", CountsOf(comparison), page))
            yield return line;
    }

    /// <summary>What hangs, and since when.</summary>
    internal static string SentenceOf(Comparison comparison)
    {
        var sentence = new ResultSentence(comparison.Result, comparison.After);
        string since = comparison.Between is { } time && time > TimeSpan.Zero ? $"as {Counted.Time(time)} before" : "as before";
        if (comparison.StuckWindows.IsEmpty)
            return $"{sentence.Text.TrimEnd('.')}; no UI thread stands where it stood.";
        HangFinding? finding = comparison.Result.Findings.FirstOrDefault(finding => finding.Windows.Any(comparison.StuckWindows.Contains));
        string text = finding is null ? sentence.Text : sentence.Of(finding);
        int end = text.IndexOf(';', StringComparison.Ordinal) is >= 0 and int half ? half : text.Length - 1;
        return $"{text[..end]}, {since}{text[end..]}";
    }

    private static IEnumerable<(Change, string, ThreadRow)> RowsOf(Comparison comparison)
    {
        HangResult before = comparison.Before.Conclude();
        foreach ((Change change, string mark, _) in Marks)
        {
            foreach (ComparedThread thread in comparison.Threads.Where(thread => thread.Change == change))
            {
                yield return change == Change.Went
                    ? (change, mark, ThreadRow.Of(thread.Before!, before, comparison.Before.Source))
                    : (change, mark, ThreadRow.Of(thread.After!, comparison.Result, comparison.After.Source));
            }
        }
    }

    private static string CountsOf(Comparison comparison)
    {
        int Count(Change change) => comparison.Threads.Count(thread => thread.Change == change);
        int both = comparison.Threads.Count(thread => thread is { Before: not null, After: not null });
        return $"{Counted.Of(both, "thread")} in both: {Count(Change.Same) + Count(Change.LikelySame)} the same, {Count(Change.Unknown)} not known, {Count(Change.Moved)} changed, {Count(Change.Came)} new, {Count(Change.Went)} gone or going on; {Count(Change.Quiet)} hang in neither.";
    }

    private static Line Marked(string mark, Line line) => new([new Run(mark + " ", mark == "=" ? Emphasis.Strong : Emphasis.Normal), .. line.Runs]);
}

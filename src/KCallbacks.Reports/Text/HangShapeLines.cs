using System.Globalization;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Text;

/// <summary>The known shapes of hangs: facts about frames, below the row of a thread or, for threads without a row, in a list.</summary>
internal static class HangShapeLines
{
    /// <summary>What the table says below a thread's row; nothing when its frames show no known shape.</summary>
    public static IEnumerable<Line> Note(ThreadFinding finding) =>
        finding.Shapes.IsEmpty ? [] : Paragraph.Lines(Page.Indent, string.Join("; ", finding.Shapes.Select(shape => shape.Name)));

    /// <summary>What <c>-v</c> says, with the frames that show each shape.</summary>
    public static IEnumerable<Line> Evidence(ThreadFinding finding) => finding.Shapes.SelectMany(shape =>
        Paragraph.Lines($"{Page.Indent}shape: ", $"{shape.Name} (frame {string.Join(", ", shape.Frames.Select(frame => frame.ToString("x2", CultureInfo.InvariantCulture)))})"));

    /// <summary>
    /// Threads that have no row and wait for others, such as the sender of a message: no callback, but part of a hang. None where the
    /// user filters.
    /// </summary>
    public static IEnumerable<Line> Others(Report report, IReadOnlyList<ThreadFinding> shown, ThreadFilter filter)
    {
        if (filter.IsRestricting)
            yield break;

        HashSet<int> rows = [.. shown.Select(finding => finding.Thread.Position)];
        ThreadFinding[] others = [.. report.Findings.Where(finding => finding.Verdict == Verdict.None && !finding.Shapes.IsEmpty && !rows.Contains(finding.Thread.Position))];
        foreach (IGrouping<string, ThreadFinding> shape in others.GroupBy(finding => finding.Shapes[0].Name))
        {
            ThreadFinding[] threads = [.. shape];
            yield return Line.Empty;
            yield return Line.Of($"{SummaryLine.Counted(threads.Length)} {shape.Key}, in no callback:");
            foreach (Line line in ThreadList.Lines("        threads", threads, filter.All))
                yield return line;
        }
    }
}

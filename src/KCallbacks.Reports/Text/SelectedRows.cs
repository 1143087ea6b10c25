using System.Collections.Immutable;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Phrases;
using KCallbacks.Reports.Rows;

namespace KCallbacks.Reports.Text;

/// <summary>The rows that the user asked for, by number: all, filtered ones, groups with their numbers, or with their stacks.</summary>
internal static class SelectedRows
{
    /// <summary>Lines after which the answer is out of sight.</summary>
    private const int Screen = 60;

    private const int NumberLines = 1;

    /// <summary>The lines.</summary>
    public static IEnumerable<Line> Of(ReportView view)
    {
        ImmutableArray<HangThread> chosen = Chosen(view);
        bool oneByOne = (view.Filter.All && !view.Form.Group) || !view.Filter.Threads.IsEmpty;
        ImmutableArray<ThreadRow> rows = view.RowsOf(chosen);
        if (view.Form.Group || !oneByOne)
            rows = RowMerge.Of(rows, isWanted: view.Form.Group || view.Form.Verbose);
        if (view.Form.Group)
            rows = [.. rows.OrderByDescending(row => row.Threads.Length)];
        Line[] lines = rows.IsEmpty ? [.. Nothing(view)] : [.. Table(view, rows)];
        Line[] end = [Line.Empty, .. view.Prose(CountsLine.Of(view)), .. TextReport.End(view, rows)];
        return [.. lines, .. end, .. lines.Length > Screen ? ResultLines.Of(view).Prepend(Line.Empty) : []];
    }

    /// <summary>Those that pass the filters; without one also the threads of the findings, which may be in no callback.</summary>
    private static ImmutableArray<HangThread> Chosen(ReportView view)
    {
        HashSet<int> chosen = [.. view.Filter.ForTable(view.Report).Select(finding => finding.Thread.Position)];
        if (!view.Filter.IsRestricting)
            chosen.UnionWith(view.Result.Findings.SelectMany(finding => finding.Threads));
        return [.. view.Result.Threads.Where(thread => chosen.Contains(thread.Position))];
    }

    private static IEnumerable<Line> Nothing(ReportView view)
    {
        if (!view.Filter.IsRestricting)
            yield break;
        yield return Line.Empty;
        foreach (Line line in view.Prose(view.Filter.NothingMatched(view.Report)))
            yield return line;
    }

    private static IEnumerable<Line> Table(ReportView view, ImmutableArray<ThreadRow> rows)
    {
        var table = new RowTable(rows, view.Page, withVerdicts: view.Filter.All);
        yield return Line.Empty;
        yield return table.Header;
        for (int i = 0; i < rows.Length; i++)
        {
            if (view.Form.Verbose && i > 0)
                yield return Line.Empty;
            yield return table.Of(rows[i]);
            foreach (Line line in view.Form.Group || (view.Form.Verbose && rows[i].Threads.Length > 1) ? Numbers(view, rows[i]) : [])
                yield return line;
            foreach (Line line in view.Form.Verbose ? StackView.Lines(rows[i].First, view) : [])
                yield return line;
        }
    }

    /// <summary>The numbers of the threads of a row as ranges; one line of them unless all are asked for.</summary>
    private static IEnumerable<Line> Numbers(ReportView view, ThreadRow row)
    {
        if (row.Threads.Length == 1)
            yield break;
        ThreadIdentity[] threads = [.. row.Threads.Select(thread => thread.Finding.Thread)];
        Line[] lines = [.. view.Prose(NumberRanges.Of(threads), "        ")];
        if (lines.Length <= NumberLines + 1 || view.Filter.All)
        {
            foreach (Line line in lines)
                yield return line;
            yield break;
        }

        string first = PlainText.Render(lines[0]).Trim();
        int named = CountOf(first, threads);
        yield return lines[0];
        yield return Line.Of(
            new Run("        "),
            new Run($"and {Counted.Number(threads.Length - named)} more", Emphasis.Normal, row.Count.Link),
            new Run($": {Advice.Command(view, "-g -a")}"));
    }

    private static int CountOf(string ranges, ThreadIdentity[] threads)
    {
        string[] names = [.. threads.Select(ThreadName.Of)];
        string last = ranges.Split(' ')[^1];
        last = last[(last.IndexOf('-', StringComparison.Ordinal) is var dash and > 0 ? dash + 1 : 0)..];
        return Array.IndexOf(names, last) + 1;
    }
}

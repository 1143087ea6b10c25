using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Phrases;
using KCallbacks.Reports.Rows;

namespace KCallbacks.Reports.Text;

/// <summary>The report for people: what hangs, the rows that prove it, what could not be judged, and what to type next.</summary>
public static class TextReport
{
    /// <summary>The report's lines; each is below <see cref="Line.EngineLimit"/> when rendered.</summary>
    public static IEnumerable<Line> Lines(Report report, ThreadFilter filter, ReportForm form)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(form);
        var view = new ReportView(report, filter, form);
        IEnumerable<Line> body = form.Chains ? ChainLines.Of(view) : view.Filter.ListsOthers || view.Filter.IsRestricting || form.Verbose || form.Group ? SelectedRows.Of(view) : Default(view);
        return [.. ResultLines.Of(view), .. MissingThreads.Lines(report, filter), .. body];
    }

    /// <summary>Whether a finding has a place in the report; one that has none need not be kept, only counted.</summary>
    public static bool MayList(ThreadFinding finding, ThreadFilter filter)
    {
        ArgumentNullException.ThrowIfNull(finding);
        ArgumentNullException.ThrowIfNull(filter);
        return finding.Verdict != Verdict.None || !finding.Shapes.IsEmpty || finding.HasMessageLoop || filter.ListsOthers;
    }

    private static IEnumerable<Line> Default(ReportView view)
    {
        var rows = new DefaultRows(view);
        var table = new RowTable([.. rows.All], view.Page);
        foreach (Line line in Sections(rows.Main, table, hasHeader: true))
            yield return line;
        foreach (Line line in Sections(rows.Also, table, hasHeader: false))
            yield return line;
        if (rows.LeftOut > 0)
            yield return Line.Of($"  and {Counted.Of(rows.LeftOut, "more thread")}: {Advice.Command(view, "-a")}");
        yield return Line.Empty;
        foreach (Line line in view.Pair(CountsLine.Of(view), rows.Others.Title))
            yield return line;
        foreach (ThreadRow row in rows.Others.Rows)
            yield return table.Of(row);
        foreach (Line line in OtherProcesses.Lines(view))
            yield return line;
        foreach (Line line in End(view, [.. rows.All]))
            yield return line;
    }

    private static IEnumerable<Line> Sections(ImmutableArray<RowSection> sections, RowTable table, bool hasHeader)
    {
        foreach (RowSection section in sections.Where(section => section.Title.Length > 0 || !section.Rows.IsEmpty))
        {
            yield return Line.Empty;
            if (section.Title.Length > 0)
                yield return Line.Of(section.Title);
            if (hasHeader)
                yield return table.Header;
            hasHeader = false;
            foreach (ThreadRow row in section.Rows)
                yield return table.Of(row);
        }
    }

    /// <summary>What stands below the counts in every view.</summary>
    internal static IEnumerable<Line> End(ReportView view, ImmutableArray<ThreadRow> rows) =>
    [
        .. Explanations.Lines(view),
        .. UnjudgedThreads.Lines(view),
        .. Warnings.Lines(view),
        .. Advice.Legend(view, rows),
        .. Advice.Next(view, rows.Any(row => row.Threads.Length > 1)),
    ];
}

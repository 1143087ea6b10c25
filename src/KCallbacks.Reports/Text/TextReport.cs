using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Table;

namespace KCallbacks.Reports.Text;

/// <summary>The report for people: summary, table of threads, what could not be judged, and where to go next.</summary>
public static class TextReport
{
    /// <summary>Rows that still fit a screen; a longer table is grouped unless the user asked for threads one by one.</summary>
    public const int ScreenRows = 40;

    /// <summary>The report's lines; each is below <see cref="Line.EngineLimit"/> when rendered.</summary>
    public static IEnumerable<Line> Lines(Report report, ThreadFilter filter, ReportForm form)
    {
        ImmutableArray<ThreadFinding> shown = filter.ForTable(report);
        bool isGrouped = IsGrouped(shown, filter, form);
        ImmutableArray<ThreadGroup> groups = isGrouped ? ThreadGroup.ByStack(shown, report) : ThreadGroup.Single(shown);

        yield return SummaryLine.Of(report, shown.Length, filter);
        foreach (Line line in MissingThreads.Lines(report, filter))
            yield return line;
        foreach (Line line in TableOf(groups, isGrouped, report, filter, form))
            yield return line;
        foreach (Line line in HangShapeLines.Others(report, shown, filter))
            yield return line;
        foreach (Line line in QuietThreads.Lines(report, filter))
            yield return line;
        foreach (Line line in UnknownThreads.Lines(report, filter))
            yield return line;
        foreach (Line line in DoubtfulThreads.Lines(report, filter))
            yield return line;
        foreach (Line line in Warnings.Lines(report))
            yield return line;
        foreach (Line line in Footer.Lines(report, filter, form, shown, groups))
            yield return line;
    }

    /// <summary>Whether a finding has a place in the report; one that has none need not be kept, only counted.</summary>
    public static bool MayList(ThreadFinding finding, ThreadFilter filter) =>
        finding.Verdict != Verdict.None || !finding.Shapes.IsEmpty || filter.ListsOthers;

    private static bool IsGrouped(ImmutableArray<ThreadFinding> shown, ThreadFilter filter, ReportForm form)
    {
        bool oneByOne = filter.All || form.Verbose || !filter.Threads.IsEmpty;
        return form.Group || (shown.Length > ScreenRows && !oneByOne);
    }

    private static IEnumerable<Line> TableOf(ImmutableArray<ThreadGroup> groups, bool isGrouped, Report report, ThreadFilter filter, ReportForm form)
    {
        if (groups.IsEmpty)
            yield break;

        Table<ThreadGroup> table = KernelColumns.Fit(report)
            ? Table<ThreadGroup>.Fit(groups, isGrouped ? KernelColumns.Grouped : KernelColumns.Single, Page.KernelWidth)
            : Table<ThreadGroup>.Fit(groups, isGrouped ? ThreadColumns.Grouped : ThreadColumns.Single, Page.Width);
        yield return Line.Empty;
        yield return table.Header;
        for (int i = 0; i < groups.Length; i++)
        {
            if (form.Verbose && i > 0)
                yield return Line.Empty;
            yield return table.Row(i);
            foreach (Line line in form.Verbose ? [] : KernelColumns.Note(groups[i].First).Concat(HangShapeLines.Note(groups[i].First)))
                yield return line;
            if (isGrouped)
            {
                foreach (Line line in ThreadList.Lines($"{Page.Indent}threads", groups[i].Threads, filter.All))
                    yield return line;
            }

            if (form.Verbose)
            {
                foreach (Line line in StackView.Lines(groups[i].First, report))
                    yield return line;
            }
        }
    }
}

using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Command;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Table;

namespace KCallbacks.Reports.Text;

/// <summary>The report for people: summary, table of threads, what could not be judged, and where to go next.</summary>
public static class TextReport
{
    /// <summary>Characters the table is fitted into.</summary>
    public const int PageWidth = Paragraph.PageWidth;

    /// <summary>The same in kernel sessions, whose rows hold addresses and processes too.</summary>
    public const int KernelPageWidth = 150;

    /// <summary>Rows that still fit a screen; a longer table is grouped unless the user asked for threads one by one.</summary>
    public const int ScreenRows = 40;

    /// <summary>What stands below a row begins so.</summary>
    internal const string Indent = "      ";

    /// <summary>The report's lines; each is below <see cref="Line.EngineLimit"/> when rendered.</summary>
    public static IEnumerable<Line> Lines(Report report, CommandOptions options)
    {
        ImmutableArray<ThreadFinding> shown = ThreadFilter.ForTable(report, options);
        bool isGrouped = IsGrouped(shown, options);
        ImmutableArray<ThreadGroup> groups = isGrouped ? ThreadGroup.ByStack(shown, report) : ThreadGroup.Single(shown);

        yield return SummaryLine.Of(report, shown.Length, options);
        foreach (Line line in MissingThreads.Lines(report, options))
            yield return line;
        foreach (Line line in TableOf(groups, isGrouped, report, options))
            yield return line;
        foreach (Line line in HangShapeLines.Others(report, shown, options))
            yield return line;
        foreach (Line line in UnknownThreads.Lines(report, options))
            yield return line;
        foreach (Line line in Warnings.Lines(report))
            yield return line;
        foreach (Line line in Footer.Lines(report, options, shown, groups))
            yield return line;
    }

    private static bool IsGrouped(ImmutableArray<ThreadFinding> shown, CommandOptions options)
    {
        bool oneByOne = options.All || options.Verbose || !options.Threads.IsEmpty;
        return options.Group || (shown.Length > ScreenRows && !oneByOne);
    }

    private static IEnumerable<Line> TableOf(ImmutableArray<ThreadGroup> groups, bool isGrouped, Report report, CommandOptions options)
    {
        if (groups.IsEmpty)
            yield break;

        Table<ThreadGroup> table = KernelColumns.Fit(report)
            ? Table<ThreadGroup>.Fit(groups, isGrouped ? KernelColumns.Grouped : KernelColumns.Single, KernelPageWidth)
            : Table<ThreadGroup>.Fit(groups, isGrouped ? ThreadColumns.Grouped : ThreadColumns.Single, PageWidth);
        yield return Line.Empty;
        yield return table.Header;
        for (int i = 0; i < groups.Length; i++)
        {
            if (options.Verbose && i > 0)
                yield return Line.Empty;
            yield return table.Row(i);
            foreach (Line line in options.Verbose ? [] : KernelColumns.Note(groups[i].First).Concat(HangShapeLines.Note(groups[i].First)))
                yield return line;
            if (isGrouped)
            {
                foreach (Line line in ThreadList.Lines($"{Indent}threads", groups[i].Threads, options.All))
                    yield return line;
            }

            if (options.Verbose)
            {
                foreach (Line line in StackView.Lines(groups[i].First, report))
                    yield return line;
            }
        }
    }
}

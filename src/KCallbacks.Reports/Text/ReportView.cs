using System.Collections.Immutable;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Phrases;
using KCallbacks.Reports.Rows;

namespace KCallbacks.Reports.Text;

/// <summary>A report with what was concluded from it and how the user wants to see it.</summary>
internal sealed class ReportView
{
    private readonly QuietRows _quiet = new();

    /// <summary>Takes a report.</summary>
    public ReportView(Report report, ThreadFilter filter, ReportForm form)
    {
        Report = report;
        Filter = filter;
        Form = form;
        Result = report.Conclude();
        Sentence = new ResultSentence(Result, report);
        Page = form.Width ?? (report.Source.Session == SessionKind.Kernel ? Markup.Page.KernelWidth : Markup.Page.Width);
    }

    /// <summary>The findings.</summary>
    public Report Report { get; }

    /// <summary>Which threads the user wants to see.</summary>
    public ThreadFilter Filter { get; }

    /// <summary>In which form.</summary>
    public ReportForm Form { get; }

    /// <summary>What hangs.</summary>
    public HangResult Result { get; }

    /// <summary>The same in words.</summary>
    public ResultSentence Sentence { get; }

    /// <summary>Characters of a line.</summary>
    public int Page { get; }

    /// <summary>Whether it is the command of a debugger that prints.</summary>
    public bool IsInDebugger => Report.Source.Kind == SourceKind.Engine;

    /// <summary>The findings of which the default output tells: what keeps threads from going on.</summary>
    public ImmutableArray<HangFinding> Blocking => [.. Result.Findings.Where(finding => finding.State > HangState.Busy)];

    /// <summary>The rows of threads, one each.</summary>
    public ImmutableArray<ThreadRow> RowsOf(IEnumerable<HangThread> threads) => Rows(threads);

    /// <summary>The rows of the threads at positions, one each.</summary>
    public ImmutableArray<ThreadRow> RowsOf(IEnumerable<int> positions) => Rows(positions.Select(Result.Of));

    private ImmutableArray<ThreadRow> Rows(IEnumerable<HangThread?> threads)
    {
        ImmutableArray<ThreadRow>.Builder rows = ImmutableArray.CreateBuilder<ThreadRow>();
        foreach (HangThread? thread in threads)
        {
            if (thread is not null)
                rows.Add(_quiet.Of(thread, Result, Report.Source));
        }

        return rows.DrainToImmutable();
    }

    /// <summary>Lines of prose that fit the page.</summary>
    public IEnumerable<Line> Prose(string text, string lead = "", Emphasis emphasis = Emphasis.Normal) => Paragraph.Lines(lead, text, Page, emphasis);

    /// <summary>Two sentences, on one line where that fits.</summary>
    public IEnumerable<Line> Pair(string first, string second) =>
        second.Length == 0 || first.Length + 1 + second.Length > Page ? Prose(first).Concat(second.Length == 0 ? [] : Prose(second)) : Prose($"{first} {second}");
}

using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Reports;
using KCallbacks.Reports.Text;

namespace KCallbacks.Tool;

/// <summary>The findings that the report shows. A log may have millions of threads in no callback: of those a table needs few, the rest is counted.</summary>
internal sealed class KeptFindings(AnalyzeOptions options)
{
    /// <summary>Threads in no callback that are kept: they may be waited for.</summary>
    private const int MostQuiet = 50_000;

    private readonly ImmutableArray<ThreadFinding>.Builder _findings = ImmutableArray.CreateBuilder<ThreadFinding>();
    private int _quiet;
    private int _counted;
    private int _countedWithLowConfidence;

    /// <summary>Findings added.</summary>
    public int Count => _findings.Count + _counted;

    /// <summary>Adds a finding.</summary>
    public void Add(ThreadFinding finding)
    {
        if (options.IsJson || options.Csv || TextReport.MayList(finding, options.Filter) || _quiet++ < MostQuiet)
        {
            _findings.Add(finding);
            return;
        }

        _counted++;
        if (ReportSummary.IsDoubtful(finding))
            _countedWithLowConfidence++;
    }

    /// <summary>A report with the findings added so far.</summary>
    public Report AddTo(Report report) => report with
    {
        Findings = _findings.ToImmutable(),
        NoneNotKept = _counted,
        LowConfidenceNotKept = _countedWithLowConfidence,
    };
}

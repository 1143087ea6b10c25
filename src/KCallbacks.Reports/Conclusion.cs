using System.Collections.Immutable;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Reports;

/// <summary>What was concluded last, and from what: of thousands of threads it takes longer than to print it, and every view asks for it.</summary>
internal sealed class Conclusion
{
    private Drawn? _last;

    /// <summary>What hangs in a report.</summary>
    public HangResult Of(Report report)
    {
        if (_last is { } last && last.IsOf(report))
            return last.Result;
        HangResult result = HangAnalysis.Of(report.Findings, report.Waits, report.Complete, report.LowConfidenceNotKept);
        _last = new Drawn(report.Findings, report.Waits, report.Complete, report.LowConfidenceNotKept, result);
        return result;
    }

    private sealed record Drawn(ImmutableArray<ThreadFinding> Findings, WaitGraph? Waits, bool Complete, int LowConfidence, HangResult Result)
    {
        public bool IsOf(Report report) =>
            report.Findings == Findings && ReferenceEquals(report.Waits, Waits) && report.Complete == Complete && report.LowConfidenceNotKept == LowConfidence;
    }
}

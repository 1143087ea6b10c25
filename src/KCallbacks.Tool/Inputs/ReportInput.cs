using KCallbacks.Detection.Model;
using KCallbacks.Reports;

namespace KCallbacks.Tool.Inputs;

/// <summary>A JSON report of an earlier run.</summary>
/// <param name="report">What it says.</param>
internal sealed class ReportInput(Report report) : InputSource
{
    public override Report Told => report;

    public override IEnumerable<(ThreadStack Stack, ThreadFinding Finding)> Judge() => [];

    public override ReportSource Describe() => report.Source;

    public override void Dispose()
    {
        // It was read to its end.
    }
}

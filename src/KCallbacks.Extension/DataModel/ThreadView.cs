using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Reports;
using KCallbacks.Reports.Filter;

namespace KCallbacks.Extension.DataModel;

/// <summary>A view of the threads of a process.</summary>
/// <param name="ProcessId">The operating system's id; null for the current process of a kernel session that does not tell it.</param>
internal sealed record ThreadView(uint? ProcessId)
{
    /// <summary>Which threads are shown.</summary>
    public ViewOptions Options { get; init; } = new();

    /// <summary>
    /// The threads shown: those the command would list and, unless a filter is given, those that could not be judged. The command
    /// counts the latter; a query has no other place to show them.
    /// </summary>
    public ImmutableArray<ThreadFinding> Select(Report report)
    {
        ThreadFilter filter = Options.Filter;
        ImmutableArray<ThreadFinding> listed = filter.ForTable(report);
        if (filter.IsRestricting || filter.All)
            return listed;
        HashSet<ThreadFinding> shown = [.. listed];
        return [.. report.Findings.Where(finding => finding.Verdict == Verdict.Unknown || shown.Contains(finding))];
    }
}

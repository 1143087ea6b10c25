using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;

namespace KCallbacks.Reports;

/// <summary>Which threads the findings of a report show.</summary>
public static class HangRows
{
    /// <summary>Positions of the threads of findings that are in no callback and of which no function of the program is known, the worst finding's first.</summary>
    public static IEnumerable<int> WithoutFunction(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        HangResult result = report.Conclude();
        return result.Findings
            .SelectMany(finding => finding.Head?.Position is { } head ? finding.Cycle.Append(head).Concat(finding.Behind) : finding.Cycle.AddRange(finding.Behind))
            .Where(position => result.Of(position)?.Finding is { Depth: 0, ProgramFunction: null, Verdict: Verdict.None })
            .Distinct();
    }
}

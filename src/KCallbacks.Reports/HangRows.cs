using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;

namespace KCallbacks.Reports;

/// <summary>Which threads the findings of a report show.</summary>
public static class HangRows
{
    /// <summary>
    /// Positions of the threads of findings that are in no callback and of which no function of the program is known. Of a crowd only the
    /// circles and heads, which have rows of their own.
    /// </summary>
    /// <param name="report">The findings.</param>
    /// <param name="most">How many at most.</param>
    public static IReadOnlyList<int> WithoutFunction(Report report, int most)
    {
        ArgumentNullException.ThrowIfNull(report);
        HangResult result = report.Conclude();
        int[] ofTheirOwn = [.. Nameless(result.Findings.SelectMany(finding => finding.Head?.Position is { } head ? finding.Cycle.Add(head) : finding.Cycle), result)];
        int[] all = [.. ofTheirOwn.Union(Nameless(result.Findings.SelectMany(finding => finding.Behind), result)).Take(most + 1)];
        return all.Length <= most ? all : [.. ofTheirOwn.Take(most)];
    }

    private static IEnumerable<int> Nameless(IEnumerable<int> positions, HangResult result) =>
        positions.Where(position => result.Of(position)?.Finding is { Depth: 0, ProgramFunction: null, Verdict: Verdict.None }).Distinct();
}

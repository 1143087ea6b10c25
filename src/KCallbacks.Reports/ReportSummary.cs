using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Reports;

/// <summary>The findings counted; the four verdicts add up to <paramref name="Threads"/>.</summary>
/// <param name="Threads">Threads judged.</param>
/// <param name="AtReturn">Threads at the callback's return.</param>
/// <param name="InCallback">Threads inside a callback, not at its return.</param>
/// <param name="None">Threads in no callback.</param>
/// <param name="Unknown">Threads that could not be judged.</param>
/// <param name="Nested">Threads with two or more callbacks, whatever their verdict.</param>
/// <param name="MaxDepth">The deepest nesting seen.</param>
public readonly record struct ReportSummary(int Threads, int AtReturn, int InCallback, int None, int Unknown, int Nested, int MaxDepth)
{
    /// <summary>Threads with a callback in progress.</summary>
    public int WithCallback => AtReturn + InCallback;

    internal static ReportSummary Of(ImmutableArray<ThreadFinding> findings)
    {
        Span<int> counts = stackalloc int[4];
        int nested = 0;
        int maxDepth = 0;
        foreach (ThreadFinding finding in findings)
        {
            counts[(int)finding.Verdict]++;
            if (finding.Depth > 1)
                nested++;
            maxDepth = Math.Max(maxDepth, finding.Depth);
        }

        return new ReportSummary(
            findings.Length,
            counts[(int)Verdict.AtReturn],
            counts[(int)Verdict.InCallback],
            counts[(int)Verdict.None],
            counts[(int)Verdict.Unknown],
            nested,
            maxDepth);
    }
}

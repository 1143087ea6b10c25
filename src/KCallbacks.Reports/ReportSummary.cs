using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Reports;

/// <summary>The findings counted; the four verdicts add up to <paramref name="Threads"/>.</summary>
/// <param name="Threads">Threads judged.</param>
/// <param name="AtReturn">Threads at the callback's return.</param>
/// <param name="InCallback">Threads inside a callback, not at its return.</param>
/// <param name="None">Threads in no callback.</param>
/// <param name="LowConfidence">Threads in no callback as far as was seen, which is little: among <paramref name="None"/>.</param>
/// <param name="Unknown">Threads that could not be judged.</param>
/// <param name="Nested">Threads with two or more callbacks, whatever their verdict.</param>
/// <param name="MaxDepth">The deepest nesting seen.</param>
public readonly record struct ReportSummary(int Threads, int AtReturn, int InCallback, int None, int LowConfidence, int Unknown, int Nested, int MaxDepth)
{
    /// <summary>Threads with a callback in progress.</summary>
    public int WithCallback => AtReturn + InCallback;

    /// <summary>Whether there are threads and the verdict on each of them is more than a guess.</summary>
    public bool IsJudged => Threads > 0 && Unknown == 0 && LowConfidence == 0;

    /// <summary>Whether a thread is in no callback only as far as little of it shows, for example a stack that was cut.</summary>
    public static bool IsDoubtful(ThreadFinding finding) => finding is { Verdict: Verdict.None, Confidence: Confidence.Low };

    internal static ReportSummary Of(ImmutableArray<ThreadFinding> findings)
    {
        Span<int> counts = stackalloc int[4];
        int lowConfidence = 0;
        int nested = 0;
        int maxDepth = 0;
        foreach (ThreadFinding finding in findings)
        {
            counts[(int)finding.Verdict]++;
            if (IsDoubtful(finding))
                lowConfidence++;
            if (finding.Depth > 1)
                nested++;
            maxDepth = Math.Max(maxDepth, finding.Depth);
        }

        return new ReportSummary(
            findings.Length,
            counts[(int)Verdict.AtReturn],
            counts[(int)Verdict.InCallback],
            counts[(int)Verdict.None],
            lowConfidence,
            counts[(int)Verdict.Unknown],
            nested,
            maxDepth);
    }
}

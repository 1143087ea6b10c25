using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Reports.Text;

/// <summary>Threads that one row stands for: a single one, or all with the same stack.</summary>
/// <param name="Threads">The findings in the source's order, at least one.</param>
internal sealed record ThreadGroup(ImmutableArray<ThreadFinding> Threads)
{
    /// <summary>The thread whose details the row shows.</summary>
    public ThreadFinding First => Threads[0];

    /// <summary>One row per thread.</summary>
    public static ImmutableArray<ThreadGroup> Single(ImmutableArray<ThreadFinding> findings) =>
        [.. findings.Select(finding => new ThreadGroup([finding]))];

    /// <summary>One row per distinct stack, the most frequent first, otherwise in the source's order.</summary>
    public static ImmutableArray<ThreadGroup> ByStack(ImmutableArray<ThreadFinding> findings, Report report) =>
        [.. findings.GroupBy(finding => finding, new SameStack(report)).Select(group => new ThreadGroup([.. group])).OrderByDescending(group => group.Threads.Length)];
}

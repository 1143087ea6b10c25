using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using KCallbacks.Detection;

namespace KCallbacks.Reports;

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
        [.. findings.GroupBy(finding => StackKey(finding, report)).Select(group => new ThreadGroup([.. group])).OrderByDescending(group => group.Threads.Length)];

    /// <summary>
    /// What makes two stacks the same: the verdict with all it names and, where frames are at hand, every frame's name.
    /// Addresses of data, such as message parameters, do not count.
    /// </summary>
    private static string StackKey(ThreadFinding finding, Report report)
    {
        var key = new StringBuilder();
        key.Append(CultureInfo.InvariantCulture, $"{finding.Thread.Process?.Address} {finding.Kernel?.WaitReason} {finding.KernelFunction} ");
        key.Append(CultureInfo.InvariantCulture, $"{finding.Verdict} {finding.Depth} {finding.DepthIsMinimum} {finding.BlockedIn}\n");
        if (finding.Verdict == Verdict.Unknown)
            key.Append(finding.Reason);

        foreach (Callback callback in finding.Callbacks)
            key.Append(CultureInfo.InvariantCulture, $"{callback.Routine} {callback.ApiNumber} {callback.Message?.Number} {callback.Message?.WindowProcedure} {callback.Handler} {callback.Entry}\n");

        if (report.Stacks.TryGetValue(finding.Thread.Position, out ThreadStack? stack))
        {
            foreach (StackFrame frame in stack.Frames)
                key.Append(CultureInfo.InvariantCulture, $"{frame.Module}!{frame.Function}+{frame.Displacement}\n");
        }

        return key.ToString();
    }
}

using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Judging;

/// <summary>What the kernel's own count says of a finding. The kernel keeps it to limit nesting, so it is the truth for the depth.</summary>
internal static class KernelTestimony
{
    /// <summary>The finding with the kernel's word in it.</summary>
    public static ThreadFinding Apply(ThreadFinding finding, ThreadStack stack) =>
        stack.Kernel is { } kernel ? Apply(stack.Problem is { } problem && SawNothing(finding) ? finding with { Reason = problem } : finding, kernel) : finding;

    private static ThreadFinding Apply(ThreadFinding finding, KernelState kernel)
    {
        if (kernel.IsSystemThread)
            return WithDepth(finding, 0, "a thread of the system has no user half");
        if (kernel.CallbackDepth is { } depth)
            return WithDepth(finding, depth, depth == 0 ? "the kernel counts no callback" : "the kernel counts the callbacks");
        if (kernel.HasCallbackStack is { } inCallback)
            return WithCallbackStack(finding, inCallback);
        if (kernel.IsWindowThread == false)
            return WithDepth(finding, 0, "the thread has no state of the window manager, which alone calls back");
        return finding;
    }

    private static ThreadFinding WithCallbackStack(ThreadFinding finding, bool inCallback)
    {
        if (!inCallback)
            return WithDepth(finding, 0, "the kernel keeps no callback stack for the thread");
        if (finding.Depth > 0)
            return finding with { Verdict = InOrAtReturn(finding), Confidence = Confidence.High, Callbacks = Confirmed(finding) };
        return WithDepth(finding, 1, "the kernel keeps a callback stack for the thread") with { DepthIsMinimum = true, Disagreements = finding.Disagreements };
    }

    private static ThreadFinding WithDepth(ThreadFinding finding, int depth, string reason)
    {
        ThreadFinding counted = finding with
        {
            Verdict = depth == 0 ? Verdict.None : InOrAtReturn(finding),
            Depth = depth,
            DepthIsMinimum = false,
            Confidence = Confidence.High,
            Reason = ReasonFor(finding, depth, reason),
            Callbacks = depth == 0 ? [] : Confirmed(finding),
        };
        return finding.Depth == depth || SawNothing(finding)
            ? counted
            : counted with { Disagreements = finding.Disagreements.Add($"the kernel counts {depth} callbacks, the stack shows {finding.Depth}") };
    }

    /// <summary>What the stack says where it agrees; where it is silent, also why.</summary>
    private static string ReasonFor(ThreadFinding finding, int depth, string reason)
    {
        if (depth == 0)
            return reason;
        if (finding.Depth == depth)
            return finding.Reason;
        return SawNothing(finding) ? $"{reason}; {finding.Reason}" : reason;
    }

    /// <summary>A stack that is not seen down to its end contradicts nothing.</summary>
    private static bool SawNothing(ThreadFinding finding) => finding.Depth == 0 && (finding.Verdict == Verdict.Unknown || finding.Confidence == Confidence.Low);

    private static ImmutableArray<Callback> Confirmed(ThreadFinding finding) =>
        [.. finding.Callbacks.Select(callback => callback with { Evidence = callback.Evidence | EvidenceSource.Kernel })];

    private static Verdict InOrAtReturn(ThreadFinding finding) => finding.Verdict == Verdict.AtReturn ? Verdict.AtReturn : Verdict.InCallback;
}

using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Frames;

namespace KCallbacks.Detection.Verdicts;

/// <summary>The verdict that frames alone allow.</summary>
internal static class FrameVerdict
{
    /// <summary>Judges a thread by the evidence from its frames.</summary>
    public static ThreadFinding Of(ThreadStack stack, FrameEvidence evidence)
    {
        ImmutableArray<Callback> callbacks = PrintedCallbacks.Of(stack, evidence);
        (Verdict verdict, Confidence confidence, string reason) = Decide(stack, evidence, callbacks);
        return new()
        {
            Thread = stack.Thread,
            Verdict = verdict,
            Depth = callbacks.Length,
            DepthIsMinimum = evidence.Sight is not (StackSight.ToThreadStart or StackSight.SystemThread) && verdict != Verdict.None,
            Confidence = confidence,
            Reason = reason,
            BlockedIn = evidence.BlockedIn < 0 ? null : PrintedName.Of(stack.Frames[evidence.BlockedIn]),
            Callbacks = callbacks,
        };
    }

    private static (Verdict Verdict, Confidence Confidence, string Reason) Decide(
        ThreadStack stack, FrameEvidence evidence, ImmutableArray<Callback> callbacks)
    {
        if (stack.Walk == StackWalk.RawScan)
            return RawScan(callbacks.Length);
        if (callbacks.IsEmpty)
            return WithoutCallback(stack, evidence.Sight);
        if (callbacks.Length == 1 && evidence.Callbacks[0].Proof == FrameProof.InnermostDispatcher)
            return (Verdict.Unknown, Confidence.Low, "the innermost frame bears the dispatcher's name: a callback that begins, or the nearest export of another function");

        Callback surest = callbacks.MaxBy(callback => callback.Confidence)!;
        Verdict verdict = evidence.IsAtReturn ? Verdict.AtReturn : Verdict.InCallback;
        return (verdict, surest.Confidence, stack.IsHistoric ? "a stack kept from the past: " + surest.ConfidenceReason : surest.ConfidenceReason!);
    }

    private static (Verdict Verdict, Confidence Confidence, string Reason) RawScan(int hits) => hits == 0
        ? (Verdict.None, Confidence.Low, "no callback among the raw words of the stack")
        : (Verdict.Unknown, Confidence.Low, "raw words of the stack show a dispatcher, which may be left over from a callback that is over");

    private static (Verdict Verdict, Confidence Confidence, string Reason) WithoutCallback(ThreadStack stack, StackSight sight) => sight switch
    {
        _ when stack.Kernel is { IsSystemThread: true } => (Verdict.None, Confidence.High, "a thread of the system has no user half"),
        StackSight.SystemThread => (Verdict.None, Confidence.High, "a thread of the system has no user half"),
        StackSight.ToThreadStart => (Verdict.None, stack.Walk == StackWalk.Truncated ? Confidence.Medium : Confidence.High, "no callback dispatcher down to the thread's start"),
        StackSight.EndsEarly => (Verdict.None, Confidence.Low, string.Create(CultureInfo.InvariantCulture, $"no callback dispatcher in {stack.Frames.Length} frames, which do not reach the thread's start")),
        StackSight.Nothing => (Verdict.Unknown, Confidence.Low, stack.Problem ?? "no frames"),
        StackSight.KernelOnly => (Verdict.Unknown, Confidence.Low, "kernel frames only; the user half of the stack is missing"),
        StackSight.NoNames => (Verdict.Unknown, Confidence.Low, stack.Problem ?? "no frame has a name"),
        StackSight.NamelessNtdll => (Verdict.Unknown, Confidence.Low, "a frame in ntdll has no name and may be the dispatcher"),
        _ => (Verdict.Unknown, Confidence.Low, "the walk is lost behind code without a name"),
    };
}

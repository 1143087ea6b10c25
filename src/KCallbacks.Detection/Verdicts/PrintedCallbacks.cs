using System.Collections.Immutable;
using KCallbacks.Detection.Frames;

namespace KCallbacks.Detection.Verdicts;

/// <summary>Makes the callbacks of a finding from evidence by frames.</summary>
internal static class PrintedCallbacks
{
    /// <summary>The callbacks, innermost first.</summary>
    public static ImmutableArray<Callback> Of(ThreadStack stack, FrameEvidence evidence) =>
        evidence.Callbacks.IsEmpty ? [] : [.. evidence.Callbacks.Select(callback => Of(stack, callback))];

    private static Callback Of(ThreadStack stack, FrameCallback callback)
    {
        (Confidence confidence, string reason) = Weigh(callback.Proof);
        return new()
        {
            Routine = callback.Routine < 0 ? null : PrintedName.Of(stack.Frames[callback.Routine]),
            Entry = callback.Entry < 0 ? null : PrintedName.OfSystemCall(stack.Frames[callback.Entry]),
            Frame = callback.Frame,
            Evidence = callback.Proof == FrameProof.KernelCallout ? EvidenceSource.Kernel : EvidenceSource.Frames,
            Confidence = stack.IsHistoric || stack.Walk == StackWalk.RawScan ? Confidence.Low : confidence,
            ConfidenceReason = reason,
        };
    }

    private static (Confidence Confidence, string Reason) Weigh(FrameProof proof) => proof switch
    {
        FrameProof.Symbols => (Confidence.High, "the dispatcher is named by symbols"),
        FrameProof.KernelCallout => (Confidence.High, "KiCallUserMode is on the kernel stack"),
        FrameProof.ReturnDisplacement => (Confidence.Medium, "the dispatcher's export at the displacement of a known return"),
        FrameProof.DispatcherName => (Confidence.Low, "the dispatcher's name without the displacement of a known return"),
        FrameProof.Wow64Dispatcher => (Confidence.Low, "WoW64 started a callback, but no 64-bit dispatcher is behind it"),
        FrameProof.RoutineOnly => (Confidence.Low, "a callback routine, but no dispatcher behind it"),
        FrameProof.ReturnStub => (Confidence.Low, "the stub of a callback's return, but no dispatcher behind it"),
        _ => (Confidence.Low, "the dispatcher's name on the innermost frame"),
    };
}

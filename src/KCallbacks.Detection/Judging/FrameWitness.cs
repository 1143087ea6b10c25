using System.Collections.Immutable;
using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Judging;

/// <summary>The callbacks that walked frames show.</summary>
internal static class FrameWitness
{
    /// <summary>How far below its dispatcher's printed stack pointer a callback frame may lie: x86 prints EBP or ESP after the return.</summary>
    private const ulong Slack = 0x10;

    /// <summary>Bytes a callback frame can take up when no frame further out bounds it: its largest input is 64 KB.</summary>
    private const ulong LargestFrame = 0x1_0000 + 0x200;

    /// <summary>Frames further out among which the next one in user mode must be: the kernel's lie between, and those inlined into it.</summary>
    private const int Reach = 256;

    /// <summary>The callbacks, innermost first.</summary>
    public static ImmutableArray<CallbackCandidate> Of(ThreadStack stack, FrameEvidence evidence) =>
        evidence.Callbacks.IsEmpty ? [] : [.. evidence.Callbacks.Select(callback => Of(stack, callback))];

    private static CallbackCandidate Of(ThreadStack stack, WalkedCallback callback)
    {
        bool isRawScan = stack.Walk == WalkExtent.RawScan;
        (Confidence confidence, string reason) = Weigh(callback.Proof);
        var shown = new Callback
        {
            // Neighbours in a raw scan are words on the stack, not callers; of those, only the names of routine and system call tell anything.
            Routine = callback.Routine < 0 ? null : PrintedName.Of(stack.Frames[callback.Routine]),
            Entry = callback.Entry < 0 ? null : PrintedName.OfSystemCall(stack.Frames[callback.Entry]),
            Handler = callback.Handler < 0 || isRawScan ? null : PrintedName.Of(stack.Frames[callback.Handler]),
            Frame = callback.Frame,
            Evidence = callback.Proof == FrameProof.KernelCallout ? EvidenceSource.Kernel : EvidenceSource.Frames,
            Confidence = stack.IsHistoric || isRawScan ? Confidence.Low : confidence,
            ConfidenceReason = reason,
        };
        return new(shown, !isRawScan && callback.Proof != FrameProof.InnermostDispatcher, Place(stack, callback));
    }

    private static (Confidence Confidence, string Reason) Weigh(FrameProof proof) => proof switch
    {
        FrameProof.Symbols => (Confidence.High, "the dispatcher is named by symbols"),
        FrameProof.KernelCallout => (Confidence.High, "KiCallUserMode is on the kernel stack"),
        FrameProof.ReturnDisplacement => (Confidence.Medium, "the dispatcher's export at the displacement of a known return"),
        FrameProof.DispatcherName => (Confidence.Low, "the dispatcher's name without the displacement of a known return"),
        FrameProof.Wow64Dispatcher => (Confidence.Low, "WoW64 started a callback, but no 64-bit dispatcher is below it"),
        FrameProof.ReenteredSystemCall => (Confidence.Low, "code runs inside a window or graphics call, but no dispatcher has a name there"),
        FrameProof.RoutineOnly => (Confidence.Low, "a callback routine, but no dispatcher below it"),
        FrameProof.ReturnStubByName => (Confidence.Low, "the stub of a callback's return, but no dispatcher below it"),
        _ => (Confidence.Low, "the innermost frame bears the dispatcher's name: a callback that begins, or the nearest export of another function"),
    };

    /// <summary>
    /// From the dispatcher's stack pointer to that of the next frame in user mode. On x64 and ARM64 the first is the callback frame's own address.
    /// </summary>
    /// <remarks>Frames without a stack pointer of their own, as inlined ones, come in small numbers; others lie further out than the one before.</remarks>
    private static StackRange? Place(ThreadStack stack, WalkedCallback callback)
    {
        ulong pointer = stack.Frames[callback.Frame].StackPointer;
        if (pointer == 0 || callback.Proof is FrameProof.KernelCallout or FrameProof.RoutineOnly or FrameProof.ReturnStubByName or FrameProof.ReenteredSystemCall)
            return null;

        ulong end = pointer + LargestFrame;
        ReadOnlySpan<StackFrame> outwards = stack.Frames.AsSpan()[(callback.Frame + 1)..];
        foreach (StackFrame outer in outwards[..Math.Min(outwards.Length, Reach)])
        {
            if (outer.StackPointer <= pointer || outer.StackPointer >= end)
                continue;
            end = outer.StackPointer;
            break;
        }

        return new(pointer - Slack, end);
    }
}

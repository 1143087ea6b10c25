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
    public static ImmutableArray<CallbackCandidate> Of(ThreadStack stack, ReadFrames frames)
    {
        if (frames.Callbacks.IsEmpty)
            return [];
        var candidates = ImmutableArray.CreateBuilder<CallbackCandidate>(frames.Callbacks.Length);
        for (int i = 0; i < frames.Callbacks.Length; i++)
        {
            WalkedCallback walked = frames.Evidence.Callbacks[i];
            Callback shown = stack.IsHistoric ? frames.Callbacks[i] with { Confidence = Confidence.Low } : frames.Callbacks[i];
            bool isProof = stack.Walk != WalkExtent.RawScan && walked.Proof != FrameProof.InnermostDispatcher;
            candidates.Add(new(shown, isProof, Place(stack, walked)));
        }

        return candidates.MoveToImmutable();
    }

    /// <summary>What the names of the frames tell of a callback.</summary>
    /// <param name="frames">The frames.</param>
    /// <param name="callback">Which of them show it.</param>
    /// <param name="isRawScan">Whether they are raw words of a stack.</param>
    public static Callback Read(ImmutableArray<StackFrame> frames, WalkedCallback callback, bool isRawScan)
    {
        (Confidence confidence, string reason) = Weigh(callback.Proof);
        return new()
        {
            // Neighbours in a raw scan are words on the stack, not callers; of those, only the names of routine and system call tell anything.
            Routine = callback.Routine < 0 ? null : PrintedName.Of(frames[callback.Routine]),
            Entry = callback.Entry < 0 ? null : PrintedName.OfSystemCall(frames[callback.Entry]),
            Handler = callback.Handler < 0 || isRawScan ? null : PrintedName.Of(frames[callback.Handler]),
            HandlerModule = callback.Handler < 0 || isRawScan ? null : frames[callback.Handler].Module,
            Frame = callback.Frame,
            Evidence = callback.Proof == FrameProof.KernelCallout ? EvidenceSource.Kernel : EvidenceSource.Frames,
            Confidence = isRawScan ? Confidence.Low : confidence,
            ConfidenceReason = reason,
        };
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

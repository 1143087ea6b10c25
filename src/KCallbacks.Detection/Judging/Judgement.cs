using System.Globalization;
using KCallbacks.Detection.Frames;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Judging;

/// <summary>The verdict on one stack by its frames and its memory.</summary>
internal static class Judgement
{
    private const string TooMany = "its frames show more callbacks than Windows nests (32): the stack is damaged, or frames are printed twice";

    private const string NoFrameInMemory = "the whole stack holds no callback frame";

    /// <summary>Judges a thread that was not walked and whose whole stack memory holds no callback frame.</summary>
    public static ThreadFinding OfCleared(ThreadStack stack, MemoryEvidence memory, WaitingPlace places, CodePlaces code) => new()
    {
        Thread = stack.Thread,
        InstructionPointer = stack.InstructionPointer,
        InstructionPlace = code.Of(stack.InstructionPointer),
        BlockedIn = places.Of(stack),
        Verdict = Verdict.None,
        Confidence = Confidence.Medium,
        Reason = ReasonOfAbsence(memory),
        Rejected = memory.Rejected,
    };

    /// <summary>Judges a thread by what its witnesses say.</summary>
    public static ThreadFinding Of(MemoryWitness remembered, ThreadStack stack, ReadFrames read, MemoryEvidence memory, string? waitingIn)
    {
        FrameEvidence frames = read.Evidence;
        // Whatever made frames of callbacks that cannot be also leads a walk through them.
        bool isDamaged = memory.Damage is not null && frames.Callbacks.Length > CallbackLimits.Nesting;
        var join = CallbackJoin.Of(stack, frames, memory, isDamaged ? [] : FrameWitness.Of(stack, read), remembered.Of(memory));
        (Verdict verdict, Confidence confidence, string reason) = Decide(stack, frames, memory, join);
        return new()
        {
            Thread = stack.Thread,
            Verdict = verdict,
            Depth = Math.Max(join.Callbacks.Count, verdict == Verdict.AtReturn ? 1 : 0),
            DepthIsMinimum = verdict != Verdict.None && !SeesAll(stack, frames, memory),
            Confidence = confidence,
            Reason = reason,
            BlockedIn = waitingIn,
            HasMessageLoop = frames.HasMessageLoop,
            ProgramFunction = ProgramFunction.Of(stack, frames),
            Callbacks = [.. join.Callbacks.Select(sighting => remembered.Complete(sighting, stack))],
            Rejected = join.Rejected,
            Disagreements = [.. join.Disagreements],
        };
    }

    private static bool SeesAll(ThreadStack stack, FrameEvidence frames, MemoryEvidence memory) =>
        memory.CanProveAbsence
        || (stack.Missing == MissingFrames.None && frames.Sight is WalkCoverage.ToThreadStart or WalkCoverage.SystemThread);

    private static (Verdict Verdict, Confidence Confidence, string Reason) Decide(
        ThreadStack stack, FrameEvidence frames, MemoryEvidence memory, CallbackJoin join)
    {
        IReadOnlyList<CallbackCandidate> callbacks = join.Callbacks;
        Callback? surest = Surest(callbacks);
        if (surest is null && memory.IsAtReturn)
            return (Verdict.AtReturn, Confidence.Medium, "the thread is at NtCallbackReturn, but nothing shows its callback");
        if (callbacks.Count == 0)
            return WithoutCallback(stack, frames, memory, join);
        if (surest is null)
            return Doubted(stack, memory, callbacks[0].Callback);

        if (callbacks.Count > CallbackLimits.Nesting)
            return (frames.IsAtReturn ? Verdict.AtReturn : Verdict.InCallback, Confidence.Low, TooMany);
        string reason = stack.IsHistoric ? "a stack kept from the past: " + surest.ConfidenceReason : surest.ConfidenceReason!;
        if (frames.IsAtReturn || memory.IsAtReturn)
            return (Verdict.AtReturn, surest.Confidence, reason);
        return memory.ReturnStub is { Weight: { } weight } code
            ? (Verdict.AtReturn, weight < surest.Confidence ? weight : surest.Confidence, $"{reason}; {code.Reason}")
            : (Verdict.InCallback, surest.Confidence, reason);
    }

    /// <summary>Of the callbacks that are proven the one of which most is known, the innermost of several; null when none is.</summary>
    private static Callback? Surest(IReadOnlyList<CallbackCandidate> callbacks)
    {
        Callback? surest = null;
        foreach (CallbackCandidate candidate in callbacks)
        {
            if (candidate.IsProof && (surest is null || candidate.Callback.Confidence > surest.Confidence))
                surest = candidate.Callback;
        }

        return surest;
    }

    /// <summary>Two weak witnesses of one callback, its frame and the code of its return, make one.</summary>
    private static (Verdict Verdict, Confidence Confidence, string Reason) Doubted(ThreadStack stack, MemoryEvidence memory, Callback callback)
    {
        string reason = stack.Walk == WalkExtent.RawScan
            ? "raw words of the stack show a dispatcher, which may be left over from a callback that is over"
            : callback.ConfidenceReason!;
        return memory.ReturnStub is { } code ? (Verdict.AtReturn, Confidence.Low, $"{reason}; {code.Reason}") : (Verdict.Unknown, Confidence.Low, reason);
    }

    private static (Verdict Verdict, Confidence Confidence, string Reason) WithoutCallback(
        ThreadStack stack, FrameEvidence frames, MemoryEvidence memory, CallbackJoin join)
    {
        if (memory.ReturnStub is { } code)
            return (Verdict.Unknown, Confidence.Low, $"{code.Reason}, but nothing shows its callback");
        if (memory.Damage is { } damage && (!join.HasTrustedWalk || !frames.Callbacks.IsEmpty))
            return (Verdict.Unknown, Confidence.Low, damage);
        if (join.LeftOver is { } leftOver)
            return (memory.CanProveAbsence ? Verdict.None : Verdict.Unknown, Confidence.Low, LeftOver(leftOver));
        if (!memory.Frames.IsEmpty)
            return (Verdict.None, Confidence.Medium, "the walk to the thread's start passes no dispatcher; the callback frame in stack memory is left over");
        if (memory.CanProveAbsence)
        {
            bool agree = frames.Sight is WalkCoverage.ToThreadStart or WalkCoverage.EndsEarly;
            return (Verdict.None, agree ? Confidence.High : Confidence.Medium, ReasonOfAbsence(memory));
        }

        return stack.Walk == WalkExtent.RawScan && !stack.Frames.IsEmpty
            ? (Verdict.None, Confidence.Low, "no callback among the raw words of the stack")
            : BySight(stack, frames.Sight, memory);
    }

    private static (Verdict Verdict, Confidence Confidence, string Reason) BySight(ThreadStack stack, WalkCoverage sight, MemoryEvidence memory) => sight switch
    {
        WalkCoverage.SystemThread => (Verdict.None, Confidence.High, "a thread of the system has no user half"),
        WalkCoverage.ToThreadStart when stack.Missing.HasFlag(MissingFrames.Between) => (Verdict.None, Confidence.Low, "no callback dispatcher down to the thread's start, but frames in between are missing"),
        WalkCoverage.ToThreadStart when stack.Missing.HasFlag(MissingFrames.Inner) => (Verdict.None, Confidence.Low, "no callback dispatcher down to the thread's start, but nothing shows that the first frame is the innermost one"),
        WalkCoverage.ToThreadStart => (Verdict.None, Confidence.High, "no callback dispatcher down to the thread's start"),
        WalkCoverage.EndsEarly => (Verdict.None, Confidence.Low, string.Create(CultureInfo.InvariantCulture, $"no callback dispatcher in {stack.Frames.Length} frames, which do not reach the thread's start")),
        WalkCoverage.Nothing => (Verdict.Unknown, Confidence.Low, stack.Problem ?? WhatIsMissing(stack, memory)),
        WalkCoverage.KernelOnly => (Verdict.Unknown, Confidence.Low, stack.Problem ?? "kernel frames only; the user half of the stack is missing"),
        WalkCoverage.UserHalfNameless => (Verdict.Unknown, Confidence.Low, stack.Problem ?? "only the kernel half has names; the user half of the stack has none"),
        WalkCoverage.Broken => (Verdict.Unknown, Confidence.Low, "a window procedure stands on a function that calls none: the walk lost frames there, perhaps a dispatcher"),
        WalkCoverage.NoNames => (Verdict.Unknown, Confidence.Low, stack.Problem ?? "no frame has a name"),
        WalkCoverage.NamelessNtdll => (Verdict.Unknown, Confidence.Low, "a frame in ntdll has no name and may be the dispatcher"),
        _ => (Verdict.Unknown, Confidence.Low, "the walk is lost after code without a name"),
    };

    /// <summary>A stack that once held a callback says so.</summary>
    private static string ReasonOfAbsence(MemoryEvidence memory) => memory.Rejected.IsEmpty ? NoFrameInMemory : LeftOver(memory.Rejected[0].Reason);

    private static string LeftOver(string reason) => $"the callback frame in stack memory is left over: {reason}";

    /// <summary>Of a thread that was not walked, what its stack memory lacks to tell.</summary>
    private static string WhatIsMissing(ThreadStack stack, MemoryEvidence memory)
    {
        if (stack.Memory is null)
            return "no frames";
        if (memory.BytesSearched == 0)
            return "no frames, and no stack memory from the stack pointer on";
        return memory.DepthIsMinimum
            ? $"no frames, and its stack memory ends at 0x{stack.Memory.End:x}, before the base of the stack"
            : "no frames, and the layout of its callback frames was never verified";
    }
}

using System.Runtime.InteropServices;
using KCallbacks.Detection.Memory.Arm64;
using KCallbacks.Detection.Memory.Wine;
using KCallbacks.Detection.Memory.X64;
using KCallbacks.Detection.Memory.X86;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Memory.Search;

/// <summary>
/// Whether the callback of a frame still runs. An intact frame stays on the stack when its callback is over, until later calls write over
/// it; all witnesses that memory has of that are weighed here.
/// </summary>
internal sealed class LivenessCheck(ProcessLandmarks landmarks, IProcessView process)
{
    private readonly X64OuterReturn _outer = new(landmarks, process);
    private readonly X64RoutineCall _x64 = new(landmarks, process);
    private readonly X86RoutineCall _x86 = new(landmarks);
    private readonly Arm64RoutineReturn _arm64 = new(landmarks);
    private readonly WineRoutineCall _wine = new(landmarks, process);

    /// <summary>Drops the frames whose callbacks are over, and says of the others what shows that they run.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="frames">The frames, innermost first; changed in place.</param>
    /// <param name="rejected">Where the dropped ones are added.</param>
    /// <param name="isAtReturn">Whether the thread stands in the stub of NtCallbackReturn.</param>
    public void Apply(in StackBytes stack, List<CallbackFrame> frames, List<RejectedFrame> rejected, bool isAtReturn)
    {
        var chain = FramePointerChain.Of(stack, landmarks);
        int kept = 0;
        foreach (CallbackFrame frame in CollectionsMarshal.AsSpan(frames))
        {
            FieldCheck check = Judge(stack, frame, chain, isAtReturn, out string? routine);
            if (check is { Contradicts: true, IsCertain: true })
                rejected.Add(new RejectedFrame(frame.Address, check.Reason));
            else
                frames[kept++] = check == RoutineCheck.NotKnown ? frame : With(frame, check, routine);
        }

        frames.RemoveRange(kept, frames.Count - kept);
        if (isAtReturn && kept > 0)
            frames[0] = AtReturn(frames[0]);
    }

    private static CallbackFrame With(CallbackFrame frame, FieldCheck check, string? routine) => frame with
    {
        Liveness = check.Weight ?? Confidence.Low,
        LivenessReason = check.Reason,
        IsDoubted = check.Contradicts,
        Routine = routine,
    };

    /// <summary>A thread in the stub of NtCallbackReturn is in a callback, which is the innermost.</summary>
    private static CallbackFrame AtReturn(CallbackFrame innermost) => innermost is { Liveness: Confidence.Low, IsDoubted: false }
        ? innermost with { Liveness = Confidence.Medium, LivenessReason = "the thread stands at the return of its routine" }
        : innermost;

    private FieldCheck Judge(in StackBytes stack, CallbackFrame frame, FramePointerChain chain, bool isAtReturn, out string? routine)
    {
        routine = null;
        return frame.Layout switch
        {
            CallbackLayout.X64 => JudgeX64(stack, frame, isAtReturn),
            CallbackLayout.WineX64 => _wine.Judge(stack, frame, isAtReturn),
            CallbackLayout.Arm64 => _arm64.Judge(stack, frame),
            _ => JudgeX86(stack, frame, chain, isAtReturn, out routine),
        };
    }

    private FieldCheck JudgeX64(in StackBytes stack, CallbackFrame frame, bool isAtReturn)
    {
        if (!frame.IsCut && _outer.Judge(stack, frame.OuterStackPointer) is { Contradicts: true } outer)
            return outer;
        return _x64.Judge(stack, frame, isAtReturn);
    }

    private FieldCheck JudgeX86(in StackBytes stack, CallbackFrame frame, FramePointerChain chain, bool isAtReturn, out string? routine)
    {
        FieldCheck call = _x86.Judge(stack, frame, isAtReturn, out routine);
        if (call.Contradicts || call.Weight == Confidence.High)
            return call;
        if (chain.Passes(frame.Address - sizeof(uint)))
            return new FieldCheck(Confidence.High, "the chain of frame pointers leads through its routine");
        return chain.Spans(frame.Address) ? FieldCheck.Doubted("the chain of frame pointers passes it by") : call;
    }
}

using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Memory;

/// <summary>
/// Where nothing tells the dispatcher's address, its frames do: all of a process return to the same few bytes of ntdll. A stale frame
/// whose return address was overwritten by another one of ntdll stands alone.
/// </summary>
internal static class DispatcherConsensus
{
    /// <summary>Drops the frames that return elsewhere than most of the thread; doubts all of them when no place has most.</summary>
    public static ImmutableArray<CallbackFrame> Apply(ImmutableArray<CallbackFrame> frames, List<RejectedFrame> rejected)
    {
        if (frames.Length < 2 || frames.All(frame => frame.Confidence == Confidence.High))
            return frames;
        ImmutableArray<CallbackFrame> witnesses = [.. frames.Where(frame => frame.ReturnAddress != 0)];
        if (witnesses.All(frame => Agree(frame, witnesses[0])))
            return frames;

        CallbackFrame best = witnesses.MaxBy(frame => Votes(frame, witnesses))!;
        bool isContested = witnesses.Any(frame => !Agree(frame, best) && Votes(frame, witnesses) == Votes(best, witnesses));
        return isContested ? Doubt(frames) : Keep(best, frames, rejected);
    }

    /// <summary>A frame that code or symbols confirmed outvotes all that were not.</summary>
    private static int Votes(CallbackFrame candidate, ImmutableArray<CallbackFrame> witnesses) => witnesses
        .Where(frame => Agree(frame, candidate))
        .Sum(frame => frame.Confidence == Confidence.High ? witnesses.Length : 1);

    private static bool Agree(CallbackFrame left, CallbackFrame right) =>
        left.Layout == right.Layout && left.ReturnAddress - right.ReturnAddress + Dispatcher.LongestOfX64 < 2 * Dispatcher.LongestOfX64;

    private static ImmutableArray<CallbackFrame> Keep(CallbackFrame best, ImmutableArray<CallbackFrame> frames, List<RejectedFrame> rejected)
    {
        rejected.AddRange(frames
            .Where(frame => frame.ReturnAddress != 0 && !Agree(frame, best))
            .Select(frame => new RejectedFrame(frame.Address, "it returns elsewhere than the thread's other callbacks")));
        return [.. frames.Where(frame => frame.ReturnAddress == 0 || Agree(frame, best))];
    }

    private static ImmutableArray<CallbackFrame> Doubt(ImmutableArray<CallbackFrame> frames) =>
    [
        .. frames.Select(frame => frame with
        {
            Confidence = Confidence.Low,
            ConfidenceReason = $"the callback frames of the thread return to different places; {frame.ConfidenceReason}",
        }),
    ];
}

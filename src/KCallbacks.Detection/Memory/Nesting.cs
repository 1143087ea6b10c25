using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Memory;

/// <summary>Puts the frames of one stack in order: each callback lies wholly below the one it is nested in.</summary>
internal static class Nesting
{
    /// <summary>Drops frames that overlap a better one.</summary>
    /// <param name="found">Frames of any layout, innermost first.</param>
    /// <param name="rejected">Where the dropped ones are added.</param>
    public static ImmutableArray<CallbackFrame> Order(List<CallbackFrame> found, List<RejectedFrame> rejected)
    {
        var chain = new List<CallbackFrame>(found.Count);
        foreach (CallbackFrame frame in found)
            Append(chain, frame, rejected);
        return [.. chain];
    }

    /// <summary>
    /// The kernel copies the input over everything between frame and outer stack pointer, so of two overlapping frames the outer one is newer,
    /// unless it is the weaker witness.
    /// </summary>
    private static void Append(List<CallbackFrame> chain, CallbackFrame frame, List<RejectedFrame> rejected)
    {
        while (chain.Count > 0 && frame.Address <= EndOf(chain[^1]))
        {
            if (IsWeaker(frame, chain[^1]))
            {
                rejected.Add(new RejectedFrame(frame.Address, "it lies inside a better callback frame"));
                return;
            }

            rejected.Add(new RejectedFrame(chain[^1].Address, "a newer callback frame lies inside it"));
            chain.RemoveAt(chain.Count - 1);
        }

        chain.Add(frame);
    }

    private static bool IsWeaker(CallbackFrame frame, CallbackFrame than) =>
        (!frame.IsDoubted, frame.Liveness, frame.Confidence).CompareTo((!than.IsDoubted, than.Liveness, than.Confidence)) < 0;

    private static ulong EndOf(CallbackFrame frame) => Math.Max(frame.OuterStackPointer, frame.InputBuffer + frame.InputLength);
}

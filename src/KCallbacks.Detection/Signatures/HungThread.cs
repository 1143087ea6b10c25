using System.Collections.Immutable;
using KCallbacks.Detection.Hangs;

namespace KCallbacks.Detection.Signatures;

/// <summary>
/// Chooses the thread that stands for a hang. The choice goes by what a thread does, never by its place among the others, which is another
/// one in each capture.
/// </summary>
internal static class HungThread
{
    /// <summary>The thread; null where nothing hangs, as far as is known.</summary>
    public static HangThread? Of(HangResult result)
    {
        if (result.Findings is [var worst, ..])
            return Of(worst, result);
        return result.State == HangState.Idle ? null : MostTelling(result.Threads, thread => thread is { Finding.Depth: > 0, Activity: ThreadActivity.Unknown });
    }

    /// <summary>
    /// The head of a chain that is a UI thread; otherwise the UI thread of the finding that tells most; where there is none, the head, or
    /// whichever thread of it tells most.
    /// </summary>
    private static HangThread? Of(HangFinding finding, HangResult result)
    {
        HangThread? head = finding.Head?.Position is { } position ? result.Of(position) : null;
        if (head is { IsUiThread: true })
            return head;
        ImmutableArray<int> circle = finding.Cycle;
        return MostTelling(Among(finding.Windows, result), thread => circle.IsEmpty || circle.Contains(thread.Position))
            ?? MostTelling(Among(finding.Windows, result), _ => true)
            ?? head
            ?? MostTelling(Among(circle.IsEmpty ? finding.Behind : circle, result), _ => true);
    }

    private static IEnumerable<HangThread> Among(ImmutableArray<int> positions, HangResult result)
    {
        foreach (int position in positions)
        {
            if (result.Of(position) is { } thread)
                yield return thread;
        }
    }

    private static HangThread? MostTelling(IEnumerable<HangThread> threads, Func<HangThread, bool> isOf)
    {
        HangThread? best = null;
        foreach (HangThread thread in threads)
        {
            if (isOf(thread) && (best is null || IsMoreTelling(thread, best)))
                best = thread;
        }

        return best;
    }

    /// <summary>Who waits for an answer suffers from what keeps another; the deeper the callbacks, the more is told.</summary>
    private static bool IsMoreTelling(HangThread one, HangThread other)
    {
        (HangSignature first, HangSignature second) = (HangSignature.Of(one), HangSignature.Of(other));
        bool waitsFirst = IsForAnswer(first);
        if (waitsFirst != IsForAnswer(second))
            return !waitsFirst;
        if (one.Finding.Depth != other.Finding.Depth)
            return one.Finding.Depth > other.Finding.Depth;
        int order = string.CompareOrdinal(first.Finer, second.Finer);
        return order < 0 || (order == 0 && one.Position < other.Position);
    }

    private static bool IsForAnswer(HangSignature signature) =>
        signature.Family.EndsWith(WaitClass.Message, StringComparison.Ordinal) || signature.Family.EndsWith(WaitClass.Call, StringComparison.Ordinal);
}

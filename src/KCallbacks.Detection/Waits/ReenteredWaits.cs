using System.Collections.Immutable;
using KCallbacks.Detection.HangShapes;

namespace KCallbacks.Detection.Waits;

/// <summary>
/// Code that runs inside and outside of a callback and waits for a lock that records no owner likely waits for itself: its outer call
/// holds the lock. No lock of that kind proves it.
/// </summary>
internal static class ReenteredWaits
{
    private const string Evidence = "the same code runs inside the callback and outside of it, where it may hold the lock";

    /// <summary>Completes the waits of threads.</summary>
    /// <param name="waits">What the threads wait for.</param>
    /// <param name="threads">The threads in the same order.</param>
    public static ImmutableArray<ThreadWaits> Complete(ImmutableArray<ThreadWaits> waits, ImmutableArray<WaitInput> threads)
    {
        ImmutableArray<ThreadWaits>.Builder? completed = null;
        for (int i = 0; i < waits.Length; i++)
        {
            if (!IsReentered(threads[i]) || waits[i].Waits is not [{ Owners.IsEmpty: true } wait] || !RecordsNoOwner(wait.Kind))
                continue;
            completed ??= waits.ToBuilder();
            completed[i] = waits[i] with { Waits = [OfItself(threads[i], wait)] };
        }

        return completed?.MoveToImmutable() ?? waits;
    }

    private static bool IsReentered(WaitInput thread) =>
        thread.Finding is { Shapes.IsEmpty: false } finding && finding.Shapes.Any(shape => shape.Id == ReenteredShape.Id);

    private static bool RecordsNoOwner(WaitKind kind) => kind is WaitKind.SlimLock or WaitKind.Address or WaitKind.ConditionVariable or WaitKind.KeyedEvent;

    private static Wait OfItself(WaitInput thread, Wait wait) => wait with
    {
        Owners = [new WaitOwner(thread.Stack.Thread.SystemId ?? 0, thread.Stack.Thread.Position)],
        NoOwner = null,
        Proof = WaitProof.Likely,
        Evidence = wait.Evidence.Add(Evidence),
    };
}

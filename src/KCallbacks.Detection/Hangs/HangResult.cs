using System.Collections.Immutable;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Detection.Hangs;

/// <summary>What hangs, and who must let go: everything that a report says is read from here.</summary>
public sealed class HangResult
{
    private readonly Dictionary<int, int> _byPosition;

    internal HangResult(ImmutableArray<HangThread> threads)
    {
        Threads = threads;
        _byPosition = new(threads.Length);
        for (int i = 0; i < threads.Length; i++)
            _byPosition.TryAdd(threads[i].Position, i);
    }

    /// <summary>What the threads add up to.</summary>
    public HangState State { get; internal init; }

    /// <summary>How sure the first finding is; certain where there is none.</summary>
    public WaitProof Proof => Findings.IsEmpty ? WaitProof.Certain : Findings[0].Proof;

    /// <summary>Why the state is unclear.</summary>
    public HangDoubt Doubt { get; internal init; }

    /// <summary>The threads that the doubt is about.</summary>
    public int Doubted { get; internal init; }

    /// <summary>What keeps threads from going on, the worst first.</summary>
    public ImmutableArray<HangFinding> Findings { get; internal init; } = [];

    /// <summary>Every thread judged, in the source's order.</summary>
    public ImmutableArray<HangThread> Threads { get; }

    /// <summary>Who waits for whom; null where it was not looked at.</summary>
    public WaitGraph? Waits { get; internal init; }

    /// <summary>Who waits for whom, for each wait whose owner is known.</summary>
    public IEnumerable<WaitEdge> Edges
    {
        get
        {
            foreach (HangThread thread in Threads)
            {
                foreach (Wait wait in thread.Waits?.Waits ?? [])
                {
                    foreach (WaitOwner owner in wait.Owners)
                        yield return new WaitEdge(thread.Position, owner, wait);
                }
            }
        }
    }

    /// <summary>The thread at a position; null when it was not judged.</summary>
    public HangThread? Of(int position) => _byPosition.TryGetValue(position, out int index) ? Threads[index] : null;
}

/// <summary>Why nothing sure can be said.</summary>
public enum HangDoubt
{
    /// <summary>It can.</summary>
    None,

    /// <summary>There are no threads.</summary>
    NothingToJudge,

    /// <summary>The scan was cut short before anything was found.</summary>
    CutShort,

    /// <summary>Threads could not be judged, or only by a guess.</summary>
    NotJudged,

    /// <summary>What a thread with windows does is not known.</summary>
    WindowThreadUnknown,

    /// <summary>Threads were not looked at but for callbacks.</summary>
    ActivityUnknown,

    /// <summary>A thread with windows waits for one that answers messages: it goes on by itself.</summary>
    Answered,
}

using System.Collections.Immutable;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Detection.Hangs;

/// <summary>One thing that keeps threads from going on.</summary>
public sealed record HangFinding
{
    /// <summary>How bad it is.</summary>
    public required HangState State { get; init; }

    /// <summary>Of what form it is.</summary>
    public required HangForm Form { get; init; }

    /// <summary>How sure it is.</summary>
    public required WaitProof Proof { get; init; }

    /// <summary>For a circle, its threads in the order in which they wait, from the smallest position on; empty otherwise.</summary>
    public ImmutableArray<int> Cycle { get; init; } = [];

    /// <summary>The thread for which the others wait; null for other forms.</summary>
    public WaitOwner? Head { get; init; }

    /// <summary>Positions of the other threads that cannot go on, nearest first; for forms without circle and head, all of them.</summary>
    public ImmutableArray<int> Behind { get; init; } = [];

    /// <summary>Positions of the threads with windows among all of them, in the source's order.</summary>
    public ImmutableArray<int> Windows { get; init; } = [];

    /// <summary>The time-out after which a circle ends by itself; null when none is known.</summary>
    public TimeSpan? EndsAfter { get; init; }

    /// <summary>All its threads of the target, in the order in which they are told: the circle, those behind it, the head.</summary>
    public ImmutableArray<int> Threads => Head?.Position is { } head ? [.. Cycle, .. Behind, head] : [.. Cycle, .. Behind];
}

/// <summary>Forms of findings.</summary>
public enum HangForm
{
    /// <summary>Threads wait for each other, or one for itself.</summary>
    Circle,

    /// <summary>Threads wait for one that waits for no thread that is known.</summary>
    Chain,

    /// <summary>Threads wait, and nobody is recorded for whom.</summary>
    Nobody,

    /// <summary>Threads with windows run.</summary>
    Running,
}

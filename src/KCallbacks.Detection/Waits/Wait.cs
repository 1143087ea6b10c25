using System.Collections.Immutable;

namespace KCallbacks.Detection.Waits;

/// <summary>One object that a thread waits for, and who must let go of it.</summary>
public sealed record Wait
{
    /// <summary>What kind of object.</summary>
    public required WaitKind Kind { get; init; }

    /// <summary>Which object.</summary>
    public WaitedObject Object { get; init; } = new();

    /// <summary>The threads all of which must let go; empty when none is known.</summary>
    public ImmutableArray<WaitOwner> Owners { get; init; } = [];

    /// <summary>Threads any one of which may be the owner, where the evidence fits more than one: none of them is named as it.</summary>
    public ImmutableArray<WaitOwner> Candidates { get; init; } = [];

    /// <summary>Why no owner is named, in words; null when one is.</summary>
    public string? NoOwner { get; init; }

    /// <summary>What else is known of the object's state, for example <c>held exclusively</c>; null when nothing is.</summary>
    public string? State { get; init; }

    /// <summary>For a lock that is taken in two ways: how the thread wants it; null when the evidence does not show that.</summary>
    public LockAccess? Access { get; init; }

    /// <summary>
    /// For a sent message: whether the receiver runs the window procedure for this very message. A receiver that merely pumps
    /// messages answers by itself.
    /// </summary>
    public bool IsBeingHandled { get; init; }

    /// <summary>For a sent message: whether it goes to every top-level window, so that no single thread keeps the sender.</summary>
    public bool IsBroadcast { get; init; }

    /// <summary>How sure object and owner are.</summary>
    public WaitProof Proof { get; init; }

    /// <summary>What shows it, one fact each.</summary>
    public ImmutableArray<string> Evidence { get; init; } = [];
}

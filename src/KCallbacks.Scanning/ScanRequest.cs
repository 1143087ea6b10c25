using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning;

/// <summary>What to scan, and how thoroughly.</summary>
public sealed record ScanRequest
{
    /// <summary>Which threads; null means all.</summary>
    public Predicate<ThreadIdentity>? Threads { get; init; }

    /// <summary>
    /// Threads that are wanted before all others: they are judged first, and only of them frames and places are wanted that need a
    /// walk; null means all.
    /// </summary>
    public Predicate<ThreadIdentity>? Wanted { get; init; }

    /// <summary>Whether the engine walks all threads, even those of which memory proves that they are in no callback.</summary>
    public bool WalkAll { get; init; }

    /// <summary>Whether threads in no callback are walked because their frames are wanted, by the cheapest way.</summary>
    public bool WalkCleared { get; init; }

    /// <summary>Whether the frames of all walked threads are kept, and not only those of threads that may be in a callback.</summary>
    public bool KeepFrames { get; init; }

    /// <summary>Whether threads in no callback are wanted with the function they stand in, for which registers must be read.</summary>
    public bool WithBlockedIn { get; init; }

    /// <summary>Whether the stacks of all threads are kept with their memory.</summary>
    public bool KeepStacks { get; init; }

    /// <summary>Whether it is wanted who waits for whom, where the target tells.</summary>
    public bool WithWaits { get; init; }

    /// <summary>The request as it is for a thread that is not wanted: no more than its verdict and its wait.</summary>
    internal ScanRequest ForOthers => this with { WalkCleared = false, KeepFrames = false, WithBlockedIn = false };

    /// <summary>Whether every thread is walked, so that reading settles none.</summary>
    internal bool WalksAll => WalkAll || WalkCleared;

    /// <summary>Whether a thread's stack memory alone is not enough, even where it clears the thread.</summary>
    internal bool NeedsRegisters => WithBlockedIn || WalksAll || KeepStacks;
}

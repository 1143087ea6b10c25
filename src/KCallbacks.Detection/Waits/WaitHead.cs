using System.Collections.Immutable;

namespace KCallbacks.Detection.Waits;

/// <summary>A thread for which others wait while it waits for no thread that is known.</summary>
/// <param name="Thread">The thread; it may be none of the target's.</param>
/// <param name="Behind">Positions of the threads it holds up, nearest first.</param>
/// <param name="Proof">The weakest of the links between.</param>
public sealed record WaitHead(WaitOwner Thread, ImmutableArray<int> Behind, WaitProof Proof);

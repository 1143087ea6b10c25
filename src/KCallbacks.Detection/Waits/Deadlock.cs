using System.Collections.Immutable;

namespace KCallbacks.Detection.Waits;

/// <summary>Threads that wait for each other in a circle.</summary>
/// <param name="Cycle">The circle: each edge ends where the next one begins, the last where the first one begins.</param>
/// <param name="Behind">Positions of other threads that cannot go on before the circle is broken, nearest first.</param>
/// <param name="Proof">Certain when every edge is, and no thread of the circle has another way on.</param>
/// <param name="EndsAfter">The shortest time-out in the circle, which breaks it; null when none is known.</param>
public sealed record Deadlock(ImmutableArray<WaitEdge> Cycle, ImmutableArray<int> Behind, WaitProof Proof, TimeSpan? EndsAfter);

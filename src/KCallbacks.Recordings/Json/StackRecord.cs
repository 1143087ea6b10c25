using System.Collections.Immutable;

namespace KCallbacks.Recordings.Json;

/// <summary>The stack memory of a recorded thread: what of it earlier threads have not brought.</summary>
/// <param name="Address">Address of the first byte.</param>
/// <param name="Length">How many bytes the thread's stack has from there on.</param>
/// <param name="IsComplete">Whether they reach the base of the stack.</param>
/// <param name="Pieces">The bytes that no thread before this one brought.</param>
internal sealed record StackRecord(ulong Address, int Length, bool IsComplete, ImmutableArray<MemoryRecord> Pieces);

/// <summary>What a thread's line holds besides the thread.</summary>
/// <param name="Stack">Its stack; null where it has none.</param>
internal sealed record ThreadRecord(StackRecord? Stack);

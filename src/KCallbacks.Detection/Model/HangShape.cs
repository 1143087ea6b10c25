using System.Collections.Immutable;

namespace KCallbacks.Detection.Model;

/// <summary>A known shape in which threads hang in callbacks, as a fact about frames; a thread may show several.</summary>
/// <param name="Id">A word that stays, for programs, for example <c>modal-loop</c>.</param>
/// <param name="Name">The shape in a few words, for example <c>waiting on a lock</c>.</param>
/// <param name="Frames">Indexes into <see cref="ThreadStack.Frames"/> of the frames that show it, innermost first.</param>
public sealed record HangShape(string Id, string Name, ImmutableArray<int> Frames)
{
    /// <summary>Indexes into the frames of the 32-bit half of a WoW64 thread, where these show it; empty otherwise.</summary>
    public ImmutableArray<int> Wow64Frames { get; init; } = [];
}

using System.Collections.Immutable;
using KCallbacks.Detection.Waits;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>What the text says that a thread waits for.</summary>
/// <param name="Kind">The kind of object.</param>
/// <param name="Evidence">The line that says so, in words.</param>
internal sealed record NotedWait(WaitKind Kind, string Evidence)
{
    public ulong? Address { get; init; }

    public ulong? Handle { get; init; }

    public string? Name { get; init; }

    /// <summary>The threads that must let go; empty when the line names none.</summary>
    public ImmutableArray<ThreadName> Owners { get; init; } = [];

    /// <summary>Why the line names no owner, where it says that.</summary>
    public string? NoOwner { get; init; }

    /// <summary>Whether a program says so of itself, not a debugger of the system's structures.</summary>
    public bool IsHearsay { get; init; }
}

using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Waits;

/// <summary>Everything that one thread waits for.</summary>
public sealed record ThreadWaits
{
    /// <summary>The thread.</summary>
    public required ThreadIdentity Thread { get; init; }

    /// <summary>The objects; empty for a thread that does not wait, as far as is known.</summary>
    public ImmutableArray<Wait> Waits { get; init; } = [];

    /// <summary>Whether all of several objects are needed, or one is enough.</summary>
    public WaitMode Mode { get; init; }

    /// <summary>How long it waits at most, <see cref="Timeout.InfiniteTimeSpan"/> for ever; null when not known.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// Where it stands: the system call as findings name it, else <c>module!function</c> of its instruction; null when not known.
    /// </summary>
    public string? Place { get; init; }

    /// <summary>Whether the thread has a message queue, so that windows can be its own; null when not known.</summary>
    public bool? HasMessageQueue { get; init; }

    /// <summary>Whether it answers sent messages while it waits.</summary>
    public bool Pumps { get; init; }

    /// <summary>Whether the wait ends by itself.</summary>
    public bool EndsByTime => Timeout is { } time && time != System.Threading.Timeout.InfiniteTimeSpan;
}

/// <summary>How many of several objects a thread waits for.</summary>
public enum WaitMode
{
    /// <summary>All of them; so with a single one.</summary>
    All,

    /// <summary>One is enough.</summary>
    Any,

    /// <summary>Not known; nothing certain follows from a single one.</summary>
    NotKnown,
}

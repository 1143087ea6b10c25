using System.Text.Json.Serialization;

namespace KCallbacks.ReportModel;

/// <summary>Something that a thread waits for.</summary>
public sealed record ReportedWait
{
    /// <summary><c>critical-section</c>, <c>window</c>, <c>thread</c> and others; new ones may come.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Its symbol, or the name of the object or message.</summary>
    public string? Name { get; init; }

    /// <summary>Where it lies.</summary>
    [JsonConverter(typeof(HexadecimalConverter))]
    public ulong? Address { get; init; }

    /// <summary>Its handle or window.</summary>
    [JsonConverter(typeof(HexadecimalConverter))]
    public ulong? Handle { get; init; }

    /// <summary>How long the thread waits at most.</summary>
    public long? TimeoutMs { get; init; }

    /// <summary>Of several: <c>all</c> or <c>any</c>.</summary>
    public string? Mode { get; init; }

    /// <summary>Who must let go.</summary>
    public IReadOnlyList<ReportedOwner> Owners { get; init; } = [];

    /// <summary>Owners any one of which may be meant.</summary>
    public IReadOnlyList<ReportedOwner> Candidates { get; init; } = [];

    /// <summary>How an SRW lock is wanted: <c>exclusive</c> or <c>shared</c>.</summary>
    public string? Access { get; init; }

    /// <summary>Of a sent message or a call: <c>handled</c> or <c>broadcast</c>.</summary>
    public string? MessageState { get; init; }

    /// <summary>Why nobody is named, as a word.</summary>
    public string? OwnerUnknown { get; init; }

    /// <summary>The same in words.</summary>
    public string? OwnerUnknownReason { get; init; }

    /// <summary>What else is known of the object.</summary>
    public string? ObjectState { get; init; }

    /// <summary>How sure it is.</summary>
    public ReportedProof Proof { get; init; }

    /// <summary>What shows it, for people.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];
}

/// <summary>A thread that must let go.</summary>
public sealed record ReportedOwner
{
    /// <summary>Its place in the source; null when it is gone or another process's.</summary>
    public int? Position { get; init; }

    /// <summary>The operating system's id.</summary>
    public long SystemId { get; init; }

    /// <summary>Its process, where that is another one.</summary>
    public long? ProcessId { get; init; }

    /// <summary>The name of that process.</summary>
    public string? ProcessName { get; init; }

    /// <summary><c>alive</c>, <c>gone</c> or <c>other-process</c>.</summary>
    public string State { get; init; } = "";
}

/// <summary>One thread waits for another.</summary>
public sealed record ReportedEdge
{
    /// <summary>Position of the thread that waits.</summary>
    public int From { get; init; }

    /// <summary>The thread that must let go.</summary>
    public ReportedOwner To { get; init; } = new();

    /// <summary>The kind of what it waits for.</summary>
    public string Kind { get; init; } = "";

    /// <summary>How sure it is.</summary>
    public ReportedProof Proof { get; init; }
}

/// <summary>A circle of waits.</summary>
public sealed record ReportedDeadlock
{
    /// <summary>How sure it is.</summary>
    public ReportedProof Proof { get; init; }

    /// <summary>The circle.</summary>
    public IReadOnlyList<ReportedEdge> Cycle { get; init; } = [];

    /// <summary>Positions of the threads that wait for it, nearest first.</summary>
    public IReadOnlyList<int> Behind { get; init; } = [];

    /// <summary>The time-out that breaks it.</summary>
    public long? EndsAfterMs { get; init; }
}

/// <summary>A thread that holds up others and waits for no thread that is known.</summary>
public sealed record ReportedHead
{
    /// <summary>How sure it is.</summary>
    public ReportedProof Proof { get; init; }

    /// <summary>The thread.</summary>
    public ReportedOwner Thread { get; init; } = new();

    /// <summary>Positions of those that wait for it.</summary>
    public IReadOnlyList<int> Behind { get; init; } = [];
}

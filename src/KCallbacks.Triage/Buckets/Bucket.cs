using System.Collections.Immutable;

namespace KCallbacks.Triage.Buckets;

/// <summary>Hangs that are counted together.</summary>
public sealed record Bucket
{
    /// <summary>Signature, family, program, version, Windows or computer.</summary>
    public required string Key { get; init; }

    /// <summary>The id of the signature; null where something else is counted.</summary>
    public string? Id { get; init; }

    /// <summary>Whether a part of the signature is not known.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Hangs in the period.</summary>
    public long Count { get; init; }

    /// <summary>Hangs in the earlier period; 0 where nothing is compared.</summary>
    public long Earlier { get; init; }

    /// <summary>What became of it since the earlier period.</summary>
    public BucketChange Change { get; init; }

    /// <summary>Different computers, as far as they are known.</summary>
    public int Machines { get; init; }

    /// <summary>The programs, most frequent first.</summary>
    public ImmutableArray<BucketShare> Programs { get; init; } = [];

    /// <summary>The versions of these, most frequent first.</summary>
    public ImmutableArray<BucketShare> Versions { get; init; } = [];

    /// <summary>The versions of Windows, most frequent first.</summary>
    public ImmutableArray<BucketShare> Windows { get; init; } = [];

    /// <summary>The first hang in the stores, whatever the period; null when no time is known.</summary>
    public DateTime? First { get; init; }

    /// <summary>The last one.</summary>
    public DateTime? Last { get; init; }

    /// <summary>Hangs in each of equal parts of the time between the first and the last hang of the report.</summary>
    public ImmutableArray<int> Course { get; init; } = [];

    /// <summary>One of the hangs.</summary>
    public BucketExample? Example { get; init; }

    /// <summary>Partial buckets that agree with this one and with no other.</summary>
    public ImmutableArray<Bucket> Partials { get; init; } = [];
}

/// <summary>How many hangs have something in common.</summary>
/// <param name="Text">What.</param>
/// <param name="Count">How many.</param>
public readonly record struct BucketShare(string Text, long Count);

/// <summary>A hang that stands for its bucket.</summary>
/// <param name="Path">Its input.</param>
/// <param name="Thread">Position of the hung thread; null when the row does not tell.</param>
/// <param name="Command">The command that opens it.</param>
public sealed record BucketExample(string Path, int? Thread, string Command);

/// <summary>What became of a bucket from one period to the next.</summary>
public enum BucketChange
{
    /// <summary>Nothing that chance does not explain, or nothing is compared.</summary>
    None,

    /// <summary>The stores have no earlier hang of it.</summary>
    New,

    /// <summary>There was none in the earlier period, but before.</summary>
    Back,

    /// <summary>There are more than chance explains.</summary>
    Grown,

    /// <summary>There are fewer than chance explains.</summary>
    Fallen,

    /// <summary>There is none any more.</summary>
    Gone,
}

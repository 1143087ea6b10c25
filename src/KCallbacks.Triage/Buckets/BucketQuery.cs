namespace KCallbacks.Triage.Buckets;

/// <summary>What a report is to say.</summary>
/// <param name="By">What is counted together.</param>
public sealed record BucketQuery(GroupKey By)
{
    /// <summary>Only hangs from then on; null for all.</summary>
    public DateTime? Since { get; init; }

    /// <summary>Only hangs before then; null for all.</summary>
    public DateTime? Until { get; init; }

    /// <summary>When the earlier period begins, which ends where this one begins; null where nothing is compared.</summary>
    public DateTime? ComparedSince { get; init; }

    /// <summary>Whether a time belongs to the period.</summary>
    internal bool Holds(DateTime? time) => (Since is null || time >= Since) && (Until is null || time < Until);

    /// <summary>Whether a time belongs to the earlier period.</summary>
    internal bool HoldsEarlier(DateTime? time) => ComparedSince is { } start && time >= start && time < Since;

    /// <summary>The share of hangs that would fall into the period if nothing changed: its share of both periods.</summary>
    internal double ShareOfPeriod => ComparedSince is { } start && Since is { } since && Until is { } until ? (until - since) / (until - start) : 0.5;
}

/// <summary>What is counted together.</summary>
public enum GroupKey
{
    /// <summary>Hangs of one signature.</summary>
    Bucket,

    /// <summary>Hangs of one callback chain and wait, whosever code it is.</summary>
    Family,

    /// <summary>Hangs of one program.</summary>
    Program,

    /// <summary>Hangs of one version of a program.</summary>
    Version,

    /// <summary>Hangs on one version of Windows.</summary>
    Windows,

    /// <summary>Hangs on one computer.</summary>
    Machine,
}

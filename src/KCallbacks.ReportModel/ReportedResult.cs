namespace KCallbacks.ReportModel;

/// <summary>What hangs.</summary>
public sealed record ReportedResult
{
    /// <summary>The state of the target.</summary>
    public ReportedState State { get; init; }

    /// <summary>How sure it is.</summary>
    public ReportedProof Proof { get; init; }

    /// <summary>The sentence for people; its words may change.</summary>
    public string Text { get; init; } = "";

    /// <summary>What the hang is known by in other captures; null where nothing hangs.</summary>
    public string? Signature { get; init; }

    /// <summary>The same with the message, the handler's function and the function of the wait.</summary>
    public string? FinerSignature { get; init; }

    /// <summary>The id of its bucket.</summary>
    public string? Bucket { get; init; }

    /// <summary>The rule by which it was made.</summary>
    public int SignatureVersion { get; init; }
}

/// <summary>Something that keeps threads from going on.</summary>
public sealed record ReportedFinding
{
    /// <summary>How bad it is.</summary>
    public ReportedState State { get; init; }

    /// <summary>How sure it is.</summary>
    public ReportedProof Proof { get; init; }

    /// <summary>Positions of a circle, in the order of waiting.</summary>
    public IReadOnlyList<int> Cycle { get; init; } = [];

    /// <summary>Positions of the other threads that cannot go on.</summary>
    public IReadOnlyList<int> Behind { get; init; } = [];

    /// <summary>The thread that must let go.</summary>
    public ReportedOwner? Head { get; init; }

    /// <summary>Positions of the UI threads among them.</summary>
    public IReadOnlyList<int> Windows { get; init; } = [];

    /// <summary>The time-out that ends a circle.</summary>
    public long? EndsAfterMs { get; init; }
}

/// <summary>The threads of a report, counted.</summary>
public sealed record ReportedSummary
{
    /// <summary>All.</summary>
    public int Threads { get; init; }

    /// <summary>At the return of a callback.</summary>
    public int AtReturn { get; init; }

    /// <summary>In a callback.</summary>
    public int InCallback { get; init; }

    /// <summary>In none.</summary>
    public int None { get; init; }

    /// <summary>Not judged.</summary>
    public int Unknown { get; init; }

    /// <summary>The largest depth.</summary>
    public int MaxDepth { get; init; }

    /// <summary>In none as far as was seen.</summary>
    public int NoneLowConfidence { get; init; }
}

using System.Collections.Immutable;

namespace KCallbacks.Triage.Rows;

/// <summary>What a store knows of one input (docs/store.md). The order of the properties is that of the line.</summary>
public sealed record TriageRow
{
    /// <summary>Whole path of the file; of a file in an archive the archive's, a slash and its name there.</summary>
    public required string Path { get; init; }

    /// <summary>Bytes of the input; null when it is not there.</summary>
    public long? Size { get; init; }

    /// <summary>When the file was last written, in whole seconds of UTC; of a file in an archive the archive's. Null when it is not there.</summary>
    public DateTime? Modified { get; init; }

    /// <summary>SHA-256 of its content, 64 hexadecimal digits; null when it could not be read to its end.</summary>
    public string? Sha256 { get; init; }

    /// <summary>What became of it.</summary>
    public required TriageOutcome Outcome { get; init; }

    /// <summary>Why it is not <c>ok</c>, in one line; null when it is.</summary>
    public string? Problem { get; init; }

    /// <summary>When the row was made, in UTC.</summary>
    public DateTime Analyzed { get; init; }

    /// <summary>How long that took.</summary>
    public long Milliseconds { get; init; }

    /// <summary>The version of the tool that made it.</summary>
    public string? Tool { get; init; }

    /// <summary><c>dump</c>, <c>text</c> or <c>recording</c>; null when it was not read.</summary>
    public string? Kind { get; init; }

    /// <summary><c>x86</c>, <c>x64</c>, <c>arm32</c>, <c>arm64</c> or <c>unknown</c>; null when it was not read.</summary>
    public string? Architecture { get; init; }

    /// <summary>File name of the program; null when not known.</summary>
    public string? Program { get; init; }

    /// <summary>Its file version; null when not known.</summary>
    public string? Version { get; init; }

    /// <summary>The process id; null when not known.</summary>
    public uint? ProcessId { get; init; }

    /// <summary>The Windows it ran on, for example <c>10.0.19041</c>; null when not known.</summary>
    public string? Windows { get; init; }

    /// <summary>The computer it ran on, from the environment of the process; null when the dump does not hold it.</summary>
    public string? Machine { get; init; }

    /// <summary>When the dump was made, in UTC; null when it does not tell.</summary>
    public DateTime? Made { get; init; }

    /// <summary><c>deadlock</c>, <c>blocked</c>, <c>busy</c>, <c>idle</c> or <c>unclear</c>; null when it was not read.</summary>
    public string? State { get; init; }

    /// <summary>How sure the state is: <c>certain</c> or <c>likely</c>; null when it was not read.</summary>
    public string? Proof { get; init; }

    /// <summary>Threads judged.</summary>
    public int Threads { get; init; }

    /// <summary>Threads at the return of a callback.</summary>
    public int AtReturn { get; init; }

    /// <summary>Threads in a callback.</summary>
    public int InCallback { get; init; }

    /// <summary>Threads that could not be judged.</summary>
    public int Unknown { get; init; }

    /// <summary>The deepest nesting of callbacks on one thread.</summary>
    public int MaxDepth { get; init; }

    /// <summary>Id of the hang's signature (docs/signature.md); null where nothing hangs.</summary>
    public string? Bucket { get; init; }

    /// <summary>The signature without the handler; null where nothing hangs.</summary>
    public string? Family { get; init; }

    /// <summary>What the hang is known by in other captures; null where nothing hangs.</summary>
    public string? Signature { get; init; }

    /// <summary>The thread that the signature is of; null where nothing hangs.</summary>
    public RowThread? Hung { get; init; }

    /// <summary>Signatures of other threads in a callback, each once.</summary>
    public ImmutableArray<string> Others { get; init; } = [];

    /// <summary>The heads of chains of waits, those that hold up most threads first.</summary>
    public ImmutableArray<RowHead> Heads { get; init; } = [];

    /// <summary>The circles of waits, each the positions of its threads in the order in which they wait.</summary>
    public ImmutableArray<ImmutableArray<int>> Cycles { get; init; } = [];
}

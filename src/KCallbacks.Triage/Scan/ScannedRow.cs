using KCallbacks.Triage.Rows;

namespace KCallbacks.Triage.Scan;

/// <summary>What a report counts of a row: a million of them are in memory at once.</summary>
/// <param name="Key">By what its input is known again.</param>
/// <param name="Analyzed">When it was made.</param>
/// <param name="Made">When the dump was made, else when the file was written; 0 when neither is known.</param>
/// <param name="Outcome">What became of the input.</param>
/// <param name="Place">Where it lies.</param>
/// <param name="Size">Bytes of the input.</param>
internal readonly record struct ScannedRow(RowKey Key, DateTime Analyzed, DateTime Made, TriageOutcome Outcome, RowPlace Place, long Size)
{
    /// <summary>When the dump was made, else when the file was written; null when neither is known.</summary>
    public DateTime? Time => Made == default ? null : Made;

    /// <summary>Whether another row of the same input counts.</summary>
    public bool IsDropped => Place.File is null;

    /// <summary>The state; null when the input was not read.</summary>
    public string? State { get; init; }

    /// <summary>The signature; null where nothing hangs.</summary>
    public string? Signature { get; init; }

    /// <summary>The program; null when not known.</summary>
    public string? Program { get; init; }

    /// <summary>Its version; null when not known.</summary>
    public string? Version { get; init; }

    /// <summary>Windows; null when not known.</summary>
    public string? Windows { get; init; }

    /// <summary>The computer; null when not known.</summary>
    public string? Machine { get; init; }

    /// <summary>A row that says something is better than one of a failure, a later one than an earlier one.</summary>
    public bool IsBetterThan(in ScannedRow other) =>
        Outcome.MayPass() != other.Outcome.MayPass() ? other.Outcome.MayPass() : Analyzed > other.Analyzed;
}

/// <summary>Where a row lies.</summary>
/// <param name="File">Its file.</param>
/// <param name="Offset">Where its line begins.</param>
internal readonly record struct RowPlace(string File, long Offset);

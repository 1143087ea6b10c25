using System.Text.Json.Serialization;

namespace KCallbacks.Triage.Rows;

/// <summary>Of a row only which input it is of, and what became of that: all that a run needs of rows that are there.</summary>
internal sealed record RowMark
{
    /// <summary><see cref="TriageRow.Path"/>.</summary>
    public required string Path { get; init; }

    /// <summary><see cref="TriageRow.Size"/>.</summary>
    public long? Size { get; init; }

    /// <summary><see cref="TriageRow.Modified"/>.</summary>
    public DateTime? Modified { get; init; }

    /// <summary><see cref="TriageRow.Outcome"/>.</summary>
    public required TriageOutcome Outcome { get; init; }

    /// <summary><see cref="TriageRow.Analyzed"/>.</summary>
    public DateTime Analyzed { get; init; }

    /// <summary>By what the input is known again.</summary>
    [JsonIgnore]
    public RowKey Key => RowKey.Of(Path, Size, Modified);
}

using System.Text.Json;
using System.Text.Json.Serialization;
using KCallbacks.Triage.Rows;

namespace KCallbacks.Triage.Workers;

/// <summary>An input as a worker is told of it: one line of JSON on its standard input.</summary>
/// <param name="Path">What its row calls it.</param>
/// <param name="File">The file on disk.</param>
/// <param name="Entry">Its name in the archive that the file is; null when the file is the input.</param>
/// <param name="Size">Bytes of the input; null when it is not there.</param>
/// <param name="Modified">When the file was last written; null when it is not there.</param>
public sealed record WorkRequest(string Path, string File, string? Entry, long? Size, DateTime? Modified)
{
    /// <summary>Its row, where nothing need be read for it; null when it is to be read.</summary>
    [JsonIgnore]
    public TriageRow? Known { get; init; }

    /// <summary>By what the input is known again.</summary>
    [JsonIgnore]
    public RowKey Key => RowKey.Of(Path, Size, Modified);

    /// <summary>The line.</summary>
    public string Write() => JsonSerializer.Serialize(this, WorkerJsonContext.Default.WorkRequest);

    /// <summary>Reads a line.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static WorkRequest Read(string line) => JsonSerializer.Deserialize(line, WorkerJsonContext.Default.WorkRequest) ?? throw new JsonException();

    /// <summary>The row of an input of which nothing was read.</summary>
    public TriageRow Row(TriageOutcome outcome, string problem) => new()
    {
        Path = Path,
        Size = Size,
        Modified = Modified,
        Outcome = outcome,
        Problem = ReportRow.Cut(problem),
        Tool = Reports.Product.Version,
    };
}

/// <summary>Source-generated serialisation.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WorkRequest))]
internal sealed partial class WorkerJsonContext : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace KCallbacks.Triage.Rows;

/// <summary>Source-generated serialisation, which needs no reflection and so works in a native program.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TriageRow))]
[JsonSerializable(typeof(RowMark))]
[JsonSerializable(typeof(TriageOutcome))]
internal sealed partial class RowJsonContext : JsonSerializerContext;

using System.Text.Json.Serialization;

namespace KCallbacks.Reports.Json;

/// <summary>Source-generated serialisation, which needs no reflection and so works in the NativeAOT extension.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonTool))]
[JsonSerializable(typeof(JsonSource))]
[JsonSerializable(typeof(JsonSummary))]
[JsonSerializable(typeof(JsonCapture))]
[JsonSerializable(typeof(JsonModule))]
[JsonSerializable(typeof(string))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;

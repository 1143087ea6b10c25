using System.Text.Json.Serialization;

namespace KCallbacks.ReportModel;

/// <summary>Source-generated, so that programs that are compiled ahead of time can read reports too.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CallbackReport))]
internal sealed partial class ReportJson : JsonSerializerContext;

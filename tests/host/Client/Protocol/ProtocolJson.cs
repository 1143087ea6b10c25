using System.Text.Json.Serialization;

namespace KCallbacks.EngineHost.Client.Protocol;

/// <summary>JSON of the protocol: one object per line.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Request))]
[JsonSerializable(typeof(Reply))]
public sealed partial class ProtocolJson : JsonSerializerContext;

using System.Text.Json.Serialization;
using KCallbacks.Detection.Model;

namespace KCallbacks.Recordings.Json;

/// <summary>
/// The JSON of a recording, generated at compile time. Threads are written as the model has them, so nothing of them can be
/// forgotten; numbers that are addresses are strings, because JSON's numbers lose bits.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    Converters = [typeof(AddressConverter), typeof(NameConverter)])]
[JsonSerializable(typeof(ProcessRecord))]
[JsonSerializable(typeof(ThreadStack))]
[JsonSerializable(typeof(StackRecord))]
[JsonSerializable(typeof(ThreadRecord))]
internal sealed partial class RecordingJson : JsonSerializerContext;

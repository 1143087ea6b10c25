using System.Text.Json;
using System.Text.Json.Serialization;
using KCallbacks.Detection.Model;

namespace KCallbacks.Recordings.Json;

/// <summary>Reads names, which whoever wrote the recording may have made as long as the file. They are cut at <see cref="Symbol.LongestName"/>.</summary>
internal sealed class NameConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? text = reader.GetString();
        return text is null || text.Length <= Symbol.LongestName ? text : text[..Symbol.LongestName];
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

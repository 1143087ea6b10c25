using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KCallbacks.ReportModel;

/// <summary>Words of a closed set, <c>in-callback</c> for <c>InCallback</c>. A word that a later version added is the first of the set, not an error.</summary>
/// <typeparam name="T">The set.</typeparam>
internal sealed class WordConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    private static readonly FrozenDictionary<string, T> Words = Enum.GetValues<T>().ToFrozenDictionary(WordOf);

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Words.GetValueOrDefault(reader.GetString()!) : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(WordOf(value));

    private static string WordOf(T value) => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}

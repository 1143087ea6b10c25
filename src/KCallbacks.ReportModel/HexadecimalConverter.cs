using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KCallbacks.ReportModel;

/// <summary>Addresses are strings, because numbers of JSON lose bits: <c>0x00007ffb40001e94</c>.</summary>
internal sealed class HexadecimalConverter : JsonConverter<ulong>
{
    private const string Prefix = "0x";

    /// <inheritdoc/>
    public override ulong Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return text is not null && text.StartsWith(Prefix, StringComparison.Ordinal)
            && ulong.TryParse(text.AsSpan(Prefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw new JsonException("An address is a string of 0x and hexadecimal digits.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ulong value, JsonSerializerOptions options) =>
        writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{value:x16}"));
}

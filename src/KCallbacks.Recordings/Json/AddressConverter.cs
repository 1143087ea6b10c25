using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KCallbacks.Recordings.Json;

/// <summary>Writes 64-bit numbers as <c>"0x"</c> and 16 lower-case hexadecimal digits.</summary>
internal sealed class AddressConverter : JsonConverter<ulong>
{
    public override ulong Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        if (text is not null
            && text.StartsWith("0x", StringComparison.Ordinal)
            && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value))
        {
            return value;
        }

        throw new JsonException("an address must be a string of 0x and hexadecimal digits");
    }

    public override void Write(Utf8JsonWriter writer, ulong value, JsonSerializerOptions options) => Write(writer, value);

    /// <summary>Writes an address.</summary>
    public static void Write(Utf8JsonWriter writer, ulong value) =>
        writer.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"0x{value:x16}"));
}

using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using KCallbacks.Detection.Model;

namespace KCallbacks.Recordings.Json;

/// <summary>The values of a recording: how each is spelled, and what is refused.</summary>
internal static class JsonValues
{
    /// <summary>A text. Whoever wrote the recording may have made it as long as the file: it is cut at <see cref="Symbol.LongestName"/>.</summary>
    public static string Text(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        string text = reader.GetString()!;
        return text.Length <= Symbol.LongestName ? text : text[..Symbol.LongestName];
    }

    /// <summary>A number of 64 bits, which JSON's numbers would not keep.</summary>
    public static ulong Address(ref Utf8JsonReader reader)
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

    /// <summary>Writes a number of 64 bits as <c>0x</c> and 16 lower-case hexadecimal digits.</summary>
    public static void WriteAddress(Utf8JsonWriter writer, ulong value)
    {
        Span<byte> text = stackalloc byte[2 + (2 * sizeof(ulong))];
        Utf8.TryWrite(text, CultureInfo.InvariantCulture, $"0x{value:x16}", out int length);
        writer.WriteStringValue(text[..length]);
    }

    /// <summary>A number.</summary>
    public static int Number(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.Number);
        return reader.TryGetInt32(out int value) ? value : throw new JsonException("a number is too large or no whole number");
    }

    /// <summary>A number without sign.</summary>
    public static uint Unsigned(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.Number);
        return reader.TryGetUInt32(out uint value) ? value : throw new JsonException("a number is negative, too large or no whole number");
    }

    /// <summary>A flag.</summary>
    public static bool Flag(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.False)
            Expect(ref reader, JsonTokenType.True);
        return reader.TokenType == JsonTokenType.True;
    }

    /// <summary>Bytes in base64.</summary>
    public static byte[] Bytes(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        return reader.TryGetBytesFromBase64(out byte[]? bytes) ? bytes : throw new JsonException("bytes must be base64");
    }

    /// <summary>A value of an enumeration by its name; null for the first, which is left out.</summary>
    public static string? NameOf<TEnum>(TEnum value)
        where TEnum : struct, Enum => EqualityComparer<TEnum>.Default.Equals(value, default) ? null : value.ToString();

    /// <summary>The value of an enumeration that has a name.</summary>
    public static TEnum ValueOf<TEnum>(string name)
        where TEnum : struct, Enum =>
        Enum.TryParse(name, ignoreCase: true, out TEnum value) ? value : throw new JsonException($"\"{name}\" is no {typeof(TEnum).Name}");

    /// <summary>Null for a number that is left out because it says nothing.</summary>
    public static ulong? NotZero(ulong value) => value == 0 ? null : value;

    /// <summary>Refuses another token than the one wanted.</summary>
    public static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (reader.TokenType != token)
            throw new JsonException($"{reader.TokenType} stands where {token} should");
    }
}

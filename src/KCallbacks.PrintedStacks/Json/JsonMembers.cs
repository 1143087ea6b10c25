using System.Globalization;
using System.Text.Json;

namespace KCallbacks.PrintedStacks.Json;

/// <summary>Takes members out of JSON objects that nobody promised to be well-formed.</summary>
internal static class JsonMembers
{
    /// <summary>The first member that has one of the names and is not null; a value of kind Undefined when there is none.</summary>
    public static JsonElement Get(JsonElement element, params ReadOnlySpan<string> names)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return default;
        foreach (string name in names)
        {
            if (element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null)
                return value;
        }

        return default;
    }

    public static bool IsArray(JsonElement element) => element.ValueKind == JsonValueKind.Array && element.GetArrayLength() > 0;

    /// <summary>The string, or null when it is none or has a half of a surrogate pair alone.</summary>
    public static string? Text(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text of the first member that has one of the names.</summary>
    public static string? Text(JsonElement element, params ReadOnlySpan<string> names) => Text(Get(element, names));

    /// <summary>A number, also as a string in hexadecimal with <c>0x</c> or in decimal; null when it is none.</summary>
    public static ulong? Number(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Number)
            return element.TryGetUInt64(out ulong value) ? value : null;
        if (Text(element) is not { } text)
            return null;
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        bool read = isHex
            ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong number)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        return read ? number : null;
    }
}

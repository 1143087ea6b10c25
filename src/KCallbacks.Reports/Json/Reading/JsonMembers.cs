using System.Globalization;
using System.Text.Json;

namespace KCallbacks.Reports.Json.Reading;

/// <summary>Members of a JSON object by name, or by a path as facts have it (<c>kernel.process.id</c>). What is not there, null or of another type is not known: an older report lacks the newer fields.</summary>
internal static class JsonMembers
{
    private const string HexadecimalMark = "0x";

    /// <summary>A text.</summary>
    public static string? Text(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>A number.</summary>
    public static long? Number(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out long number) ? number : null;

    /// <summary>A number that counts something, or a place in a list.</summary>
    public static int? Count(this JsonElement json, string name) => json.Number(name) is >= 0 and <= int.MaxValue and var number ? (int)number : null;

    /// <summary>A number of Windows, for example of a thread.</summary>
    public static uint? Id(this JsonElement json, string name) => json.Number(name) is >= 0 and <= uint.MaxValue and var number ? (uint)number : null;

    /// <summary>True or false.</summary>
    public static bool? Flag(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

    /// <summary>An address or parameter, which is a text in JSON.</summary>
    public static ulong? Address(this JsonElement json, string name) => AddressOf(json.Text(name));

    /// <summary>A time of a number of milliseconds.</summary>
    public static TimeSpan? Milliseconds(this JsonElement json, string name) =>
        json.Number(name) is >= 0 and < long.MaxValue / TimeSpan.TicksPerMillisecond and var number ? TimeSpan.FromMilliseconds(number) : null;

    /// <summary>A point in time, as <see cref="CaptureJson"/> writes it; the general way to read one would make the extension larger by the calendars of all cultures.</summary>
    public static DateTimeOffset? Time(this JsonElement json, string name)
    {
        int[] numbers = [.. (json.Text(name) ?? "").Split('-', 'T', ':', 'Z').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1)];
        return numbers is [>= 1 and <= 9999 and var year, >= 1 and <= 12 and var month, >= 1 and var day, >= 0 and < 24 and var hour, >= 0 and < 60 and var minute, >= 0 and < 60 and var second, -1]
            && day <= DateTime.DaysInMonth(year, month)
            ? new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero)
            : null;
    }

    /// <summary>One of the words of a list of values.</summary>
    /// <param name="json">The object.</param>
    /// <param name="name">The member.</param>
    /// <param name="wordOf">The word of a value.</param>
    public static T? Word<T>(this JsonElement json, string name, Func<T, string> wordOf)
        where T : struct, Enum
    {
        if (json.Text(name) is not { } word)
            return null;
        foreach (T value in Enum.GetValues<T>())
        {
            if (wordOf(value) == word)
                return value;
        }

        return null;
    }

    /// <summary>An object.</summary>
    public static JsonElement? Object(this JsonElement json, string name) => json.Find(name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    /// <summary>The items of an array; none where there is no such array.</summary>
    public static JsonElement[] List(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.Array } value ? [.. value.EnumerateArray()] : [];

    /// <summary>The texts of an array.</summary>
    public static string[] Texts(this JsonElement json, string name) =>
        [.. json.List(name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)];

    /// <summary>The numbers of an array.</summary>
    public static int[] Counts(this JsonElement json, string name)
    {
        var counts = new List<int>();
        foreach (JsonElement item in json.List(name))
        {
            if (item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out int count))
                counts.Add(count);
        }

        return [.. counts];
    }

    /// <summary>The number that <c>0x...</c> is; null when it is none.</summary>
    public static ulong? AddressOf(string? text) =>
        text is not null && text.StartsWith(HexadecimalMark, StringComparison.Ordinal)
        && ulong.TryParse(text.AsSpan(HexadecimalMark.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong address)
            ? address
            : null;

    /// <summary>A name, which an address in its place is not.</summary>
    public static string? NameOf(string? text) => AddressOf(text) is null ? text : null;

    private static JsonElement? Find(this JsonElement json, string name)
    {
        foreach (string part in name.Split('.'))
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(part, out json))
                return null;
        }

        return json;
    }
}

using System.Globalization;
using System.Text.Json;

namespace KCallbacks.Managed.Contracts;

/// <summary>The JSON of a descriptor, in the compact form that runtimes write.</summary>
internal sealed class DescriptorText
{
    /// <summary>Types, their fields, and a field with its type's name.</summary>
    private const int DeepestNesting = 8;

    private DescriptorText()
    {
    }

    /// <summary>Versions of the contracts.</summary>
    public Dictionary<string, DescriptorNumber> Contracts { get; } = [];

    /// <summary>Offsets of fields by <c>Type.Field</c>; the size of a type is its field <c>!</c>.</summary>
    public Dictionary<string, DescriptorNumber> Fields { get; } = [];

    /// <summary>Globals with a number.</summary>
    public Dictionary<string, DescriptorNumber> Globals { get; } = [];

    /// <summary>Reads the text; null when it is no JSON of this form.</summary>
    public static DescriptorText? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var text = new DescriptorText();
            var reader = new Utf8JsonReader(json.TrimEnd((byte)0), new JsonReaderOptions { MaxDepth = DeepestNesting });
            return reader.Read() && text.Read(ref reader) ? text : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private bool Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "types":
                    ReadTypes(ref reader);
                    break;
                case "globals":
                    ReadGlobals(ref reader);
                    break;
                case "contracts":
                    ReadContracts(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return reader.TokenType == JsonTokenType.EndObject;
    }

    private void ReadTypes(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string type = reader.GetString()!;
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                string field = reader.GetString()!;
                reader.Read();
                if (ReadValue(ref reader) is { IsIndirect: false, Value: <= ushort.MaxValue } offset)
                    Fields[$"{type}.{field}"] = offset;
            }
        }
    }

    private void ReadGlobals(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (ReadValue(ref reader) is { } value)
                Globals[name] = value;
        }
    }

    private void ReadContracts(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (ReadValue(ref reader) is { IsIndirect: false } version)
                Contracts[name] = version;
        }
    }

    /// <summary>
    /// Reads a number, a number as text, <c>[index]</c> into the pointers, or any of these with a type: <c>[value, "type"]</c>. Null for
    /// what is no number.
    /// </summary>
    private static DescriptorNumber? ReadValue(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return ReadScalar(ref reader);
        reader.Read();
        bool isNested = reader.TokenType == JsonTokenType.StartArray;
        DescriptorNumber? value = isNested ? ReadValue(ref reader) : ReadScalar(ref reader);
        int more = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            more++;
            reader.Skip();
        }

        // A lone number in brackets is an index, with or without a type beside the brackets.
        return more == 0 && !isNested && value is { } index ? index with { IsIndirect = true } : value;
    }

    private static DescriptorNumber? ReadScalar(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return reader.TryGetUInt64(out ulong number) ? new(number, IsIndirect: false) : null;
        if (reader.TokenType == JsonTokenType.String)
            return TryParse(reader.GetString()!, out ulong value) ? new(value, IsIndirect: false) : null;
        reader.Skip();
        return null;
    }

    private static bool TryParse(string text, out ulong value) => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? ulong.TryParse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out value)
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}

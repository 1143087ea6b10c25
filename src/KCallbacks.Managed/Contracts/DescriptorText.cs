using System.Globalization;

namespace KCallbacks.Managed.Contracts;

/// <summary>The JSON of a descriptor, in the compact form that runtimes write.</summary>
internal sealed class DescriptorText
{
    /// <summary>No structure of the runtime has a field further from its start.</summary>
    private const ulong LargestOffset = ushort.MaxValue;

    private DescriptorText()
    {
    }

    /// <summary>A member of an object: its name was read, its value is the current token.</summary>
    private delegate void MemberReader(ref DescriptorReader reader, string name);

    /// <summary>Versions of the contracts.</summary>
    public Dictionary<string, DescriptorNumber> Contracts { get; } = [];

    /// <summary>Offsets of fields by <c>Type.Field</c>; the size of a type is its field <c>!</c>.</summary>
    public Dictionary<string, DescriptorNumber> Fields { get; } = [];

    /// <summary>Globals with a number.</summary>
    public Dictionary<string, DescriptorNumber> Globals { get; } = [];

    /// <summary>Reads the text; null when it is not of this form.</summary>
    public static DescriptorText? Parse(ReadOnlySpan<byte> json)
    {
        var text = new DescriptorText();
        var reader = new DescriptorReader(json);
        reader.Read();
        ReadMembers(ref reader, text.ReadPart);
        return reader.Token == '}' ? text : null;
    }

    private void ReadPart(ref DescriptorReader reader, string name)
    {
        switch (name)
        {
            case "types":
                ReadMembers(ref reader, ReadType);
                break;
            case "globals":
                ReadMembers(ref reader, (ref DescriptorReader value, string global) => Add(Globals, global, ReadNumber(ref value)));
                break;
            case "contracts":
                ReadMembers(ref reader, (ref DescriptorReader value, string contract) => Add(Contracts, contract, ReadNumber(ref value)));
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private void ReadType(ref DescriptorReader reader, string type) => ReadMembers(ref reader, (ref DescriptorReader value, string field) =>
    {
        if (ReadNumber(ref value) is { IsIndirect: false, Value: <= LargestOffset } offset)
            Fields[$"{type}.{field}"] = offset;
    });

    /// <summary>Reads the members of an object up to its end; anything else is skipped.</summary>
    private static void ReadMembers(ref DescriptorReader reader, MemberReader read)
    {
        if (reader.Token != '{')
        {
            reader.Skip();
            return;
        }

        for (reader.Read(); reader.Token == '"'; reader.Read())
        {
            string name = reader.Text;
            reader.Read();
            read(ref reader, name);
        }
    }

    private static void Add(Dictionary<string, DescriptorNumber> numbers, string name, DescriptorNumber? number)
    {
        if (number is not null)
            numbers[name] = number;
    }

    /// <summary>
    /// Reads a number, a number as text, <c>[index]</c> into the pointers, or any of these with a type: <c>[value, "type"]</c>. Null for
    /// what is no number.
    /// </summary>
    private static DescriptorNumber? ReadNumber(ref DescriptorReader reader)
    {
        if (reader.Token != '[')
        {
            reader.Skip();
            return reader.Token == '"' ? Parse(reader.Text) : null;
        }

        reader.Read();
        bool isNested = reader.Token == '[';
        DescriptorNumber? number = isNested ? ReadIndex(ref reader) : Parse(reader.Text);
        bool isAlone = true;
        for (reader.Read(); reader.Token is not (']' or '\0'); reader.Read())
        {
            isAlone = false;
            reader.Skip();
        }

        return isAlone && !isNested && number is not null ? number with { IsIndirect = true } : number;
    }

    private static DescriptorNumber? ReadIndex(ref DescriptorReader reader)
    {
        reader.Read();
        DescriptorNumber? index = reader.Token == '"' ? Parse(reader.Text) : null;
        while (reader.Token is not (']' or '\0'))
            reader.Read();
        return index is null ? null : index with { IsIndirect = true };
    }

    private static DescriptorNumber? Parse(string text)
    {
        bool isRead = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong value)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        return isRead ? new(value, IsIndirect: false) : null;
    }
}

using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Facts;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Json;

/// <summary>Facts as a JSON object. Facts of a nested object stand together in their table.</summary>
internal static class FactJson
{
    /// <summary>Objects that are left out where they have no facts, as schema 1 has it; the others are null.</summary>
    private static readonly string[] LeftOut = ["kernel", "delivery", "managed", "wow64"];

    /// <summary>Writes an object.</summary>
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<NamedFact> facts, Action? more = null) => Write(json, facts, 0, more);

    /// <summary>A text that fits a line of the engine, at six characters per escaped one; a longer one loses its middle.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Cut(string? text) => text is null ? null : Fold.Long(text, Printable.LongestName);

    /// <param name="json">Where to.</param>
    /// <param name="facts">The facts of one object.</param>
    /// <param name="more">Writes further members.</param>
    /// <param name="depth">Characters of their paths that name the object itself.</param>
    private static void Write(Utf8JsonWriter json, ReadOnlySpan<NamedFact> facts, int depth, Action? more = null)
    {
        json.WriteStartObject();
        for (int i = 0; i < facts.Length;)
        {
            int end = facts[i].Path.IndexOf('.', depth);
            if (end < 0)
            {
                json.WritePropertyName(facts[i].Path.AsSpan(depth));
                WriteValue(json, facts[i].Kind, facts[i].Value);
                i++;
                continue;
            }

            string path = facts[i].Path[..(end + 1)];
            int count = 1;
            while (i + count < facts.Length && facts[i + count].Path.StartsWith(path, StringComparison.Ordinal))
                count++;
            WriteGroup(json, facts.Slice(i, count), depth, end);
            i += count;
        }

        more?.Invoke();
        json.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter json, ReadOnlySpan<NamedFact> facts, int depth, int end)
    {
        ReadOnlySpan<char> name = facts[0].Path.AsSpan(depth, end - depth);
        bool isEmpty = true;
        foreach (NamedFact fact in facts)
            isEmpty &= fact.Value is null;
        if (!isEmpty)
        {
            json.WritePropertyName(name);
            Write(json, facts, end + 1);
        }
        else if (!LeftOut.Contains(name.ToString()))
        {
            json.WriteNull(name);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, FactKind kind, object? value)
    {
        switch (kind)
        {
            case var _ when value is null:
                json.WriteNullValue();
                break;
            case FactKind.Words or FactKind.Name:
                json.WriteStringValue(Cut((string)value));
                break;
            case FactKind.Number or FactKind.Id:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case FactKind.Address:
                json.WriteStringValue(DisplayText.OfAddress((ulong)value));
                break;
            case FactKind.Flag:
                json.WriteBooleanValue((bool)value);
                break;
            case FactKind.Sentences:
                WriteArray((ImmutableArray<string>)value, text => json.WriteStringValue(Cut(text)));
                break;
            case FactKind.Numbers:
                WriteArray((ImmutableArray<int>)value, json.WriteNumberValue);
                break;
            case FactKind.Values:
                WriteValues((ImmutableArray<DeliveredValue>)value);
                break;
            case FactKind.List:
                WriteArray(((FactList)value).Items, item => Write(json, item.AsSpan()));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no JSON for such a fact.");
        }

        void WriteValues(ImmutableArray<DeliveredValue> values)
        {
            json.WriteStartObject();
            foreach (DeliveredValue named in values)
                json.WriteString(named.Name, string.Create(CultureInfo.InvariantCulture, $"0x{named.Value:x}"));
            json.WriteEndObject();
        }

        void WriteArray<T>(ImmutableArray<T> items, Action<T> write)
        {
            json.WriteStartArray();
            foreach (T item in items)
                write(item);
            json.WriteEndArray();
        }
    }
}

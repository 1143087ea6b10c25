using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using KCallbacks.Reports.Markup;

namespace KCallbacks.Tool.Mcp;

/// <summary>
/// What of an answer a client gets: the members that the schema names, in its order; texts without invisible characters and no longer than
/// <c>maxLength</c>; no more items than <c>maxItems</c>, and none when the answer is full. <c>itemsLeftOut</c> counts those that are not there.
/// </summary>
internal sealed class BoundedJson : IDisposable
{
    /// <summary>Characters after which no further item is begun: what a client can put before a model.</summary>
    private const int Full = 50_000;

    /// <summary>Longest text where the schema sets no limit.</summary>
    private const int LongestText = 200;

    /// <summary>Stands for the rest of a text.</summary>
    private const string Gap = "...";

    private const string LeftOut = "itemsLeftOut";

    private readonly JsonElement _definitions;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;
    private int _leftOut;

    private BoundedJson(JsonElement schema, int leftOut)
    {
        _leftOut = leftOut;
        schema.TryGetProperty("$defs", out _definitions);
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default });
    }

    /// <summary>The part of an answer that the schema describes.</summary>
    public static string Of(ToolAnswer answer, JsonElement schema)
    {
        using var whole = JsonDocument.Parse(answer.Json);
        using var bounded = new BoundedJson(schema, answer.LeftOut);
        bounded.WriteObject(whole.RootElement, schema);
        bounded._json.Flush();
        return Encoding.UTF8.GetString(bounded._buffer.WrittenSpan);
    }

    /// <summary>A text that a client may show: nothing in it is invisible or changes what is around it, and it ends soon.</summary>
    public static string Harmless(string text, int longest = LongestText)
    {
        string printable = Printable.Of(text.Length > longest ? text[..longest] : text);
        return text.Length <= longest && printable.Length <= longest ? printable : string.Concat(printable.AsSpan(0, Math.Min(printable.Length, longest - Gap.Length)), Gap);
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private bool IsFull => _json.BytesCommitted + _json.BytesPending > Full;

    private void Write(JsonElement value, JsonElement shape)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, shape);
                break;
            case JsonValueKind.Array:
                WriteArray(value, shape);
                break;
            case JsonValueKind.String:
                _json.WriteStringValue(Harmless(value.GetString()!, shape.TryGetProperty("maxLength", out JsonElement longest) ? longest.GetInt32() : LongestText));
                break;
            default:
                value.WriteTo(_json);
                break;
        }
    }

    private void WriteObject(JsonElement value, JsonElement shape)
    {
        _json.WriteStartObject();
        foreach (JsonProperty member in shape.GetProperty("properties").EnumerateObject())
        {
            if (member.Name == LeftOut)
            {
                _json.WriteNumber(LeftOut, _leftOut);
            }
            else if (value.TryGetProperty(member.Name, out JsonElement inner))
            {
                _json.WritePropertyName(member.Name);
                Write(inner, Resolve(member.Value));
            }
        }

        _json.WriteEndObject();
    }

    private void WriteArray(JsonElement value, JsonElement shape)
    {
        int room = shape.TryGetProperty("maxItems", out JsonElement most) ? most.GetInt32() : int.MaxValue;
        JsonElement itemShape = Resolve(shape.GetProperty("items"));
        _json.WriteStartArray();
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (room-- > 0 && !IsFull)
                Write(item, itemShape);
            else
                _leftOut++;
        }

        _json.WriteEndArray();
    }

    private JsonElement Resolve(JsonElement shape) => shape.TryGetProperty("$ref", out JsonElement name)
        ? _definitions.GetProperty(name.GetString()!["#/$defs/".Length..])
        : shape;
}

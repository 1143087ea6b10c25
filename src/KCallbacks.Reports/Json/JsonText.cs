using System.Buffers;
using System.Text;
using System.Text.Json;

namespace KCallbacks.Reports.Json;

/// <summary>Pieces of JSON as text. They are written member by member; a serialiser would make the extension a tenth larger (docs/benchmarks.md).</summary>
internal static class JsonText
{
    /// <summary>What an action writes.</summary>
    public static string Of(Action<Utf8JsonWriter> write, JsonWriterOptions options = default)
    {
        var text = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(text, options);
        write(json);
        json.Flush();
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}

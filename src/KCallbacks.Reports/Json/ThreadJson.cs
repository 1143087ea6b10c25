using System.Buffers;
using System.Text;
using System.Text.Json;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Facts;

namespace KCallbacks.Reports.Json;

/// <summary>Writes the objects of threads, one after the other.</summary>
/// <param name="options">How they look.</param>
internal sealed class ThreadJson(JsonWriterOptions options)
{
    private static readonly FactJson<ThreadFinding> Facts = new(ThreadFacts.All);

    private readonly ArrayBufferWriter<byte> _text = new();

    /// <summary>The object of a thread.</summary>
    public string TextOf(ThreadFinding thread)
    {
        _text.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_text, options);
        Facts.Write(json, thread);
        json.Flush();
        return Encoding.UTF8.GetString(_text.WrittenSpan);
    }
}

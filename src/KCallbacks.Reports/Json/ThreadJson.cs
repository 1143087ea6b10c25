using System.Buffers;
using System.Text;
using System.Text.Json;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Facts;

namespace KCallbacks.Reports.Json;

/// <summary>Writes the objects of threads, one after the other.</summary>
/// <param name="options">How they look.</param>
internal sealed class ThreadJson(JsonWriterOptions options)
{
    private static readonly FactObject<ThreadFinding> Facts = new(ThreadFacts.All);

    private readonly ArrayBufferWriter<byte> _text = new();

    /// <summary>The object of a thread.</summary>
    /// <param name="thread">What was found of it.</param>
    /// <param name="part">Its part in a hang; null when it has none.</param>
    /// <param name="isLast">Whether no other follows it, after a comma.</param>
    public string TextOf(ThreadFinding thread, HangThread? part, bool isLast)
    {
        _text.ResetWrittenCount();
        using var json = new Utf8JsonWriter(_text, options);
        Facts.Write(json, thread, part is null ? null : () => HangJson.WriteMembers(json, part));
        json.Flush();
        if (!isLast)
            _text.Write(","u8);
        return Encoding.UTF8.GetString(_text.WrittenSpan);
    }
}

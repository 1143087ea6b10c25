using System.Text.Json;
using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.Recordings.Json;

namespace KCallbacks.Recordings;

/// <summary>Writes the lossless recording of a session (docs/recording-format.md). It keeps no more than one thread at a time.</summary>
public static class RecordingWriter
{
    /// <summary>
    /// Writes a recording. The threads must have been judged with a <see cref="CallbackDetector"/> made on
    /// <paramref name="process"/> before, because that is how the recorder learns what a judgement needs.
    /// </summary>
    /// <param name="stream">Takes UTF-8 JSON; not disposed.</param>
    /// <param name="process">The recorder through which the threads were judged.</param>
    /// <param name="session">The kind of session.</param>
    /// <param name="threads">The threads, in the order in which they are to be read back; each is written before the next is asked for.</param>
    /// <param name="toolVersion">Version of the program that records.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream stream, ProcessRecorder process, SessionKind session, IEnumerable<ThreadStack> threads, string toolVersion)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(threads);

        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        writer.WriteStartObject();
        writer.WriteString("format"u8, RecordingSchema.Format);
        writer.WriteNumber("schema"u8, RecordingSchema.Version);
        writer.WriteStartObject("tool"u8);
        writer.WriteString("name"u8, "kcallbacks"u8);
        writer.WriteString("version"u8, toolVersion);
        writer.WriteEndObject();
        writer.WriteString("session"u8, session == SessionKind.Kernel ? "kernel"u8 : "user"u8);
        writer.WritePropertyName("process"u8);
        JsonSerializer.Serialize(writer, process.Record(), RecordingJson.Default.ProcessRecord);
        WriteThreads(writer, threads);
        writer.WriteEndObject();
    }

    /// <summary>One line per thread, so that a recording can be compared and cut by lines.</summary>
    private static void WriteThreads(Utf8JsonWriter writer, IEnumerable<ThreadStack> threads)
    {
        var stacks = new WrittenStacks();
        writer.WriteStartArray("threads"u8);
        foreach (ThreadStack thread in threads)
        {
            // A raw value is not indented by the writer.
            writer.WriteRawValue([.. "\n    "u8, .. LineOf(thread, stacks)], skipInputValidation: true);
            writer.Flush();
        }

        writer.WriteEndArray();
    }

    private static byte[] LineOf(ThreadStack thread, WrittenStacks stacks)
    {
        if (thread.Memory is not { } memory || stacks.Add(memory) is not { } stack)
            return JsonSerializer.SerializeToUtf8Bytes(thread, RecordingJson.Default.ThreadStack);
        byte[] rest = JsonSerializer.SerializeToUtf8Bytes(thread with { Memory = null }, RecordingJson.Default.ThreadStack);
        // The thread is never an empty object: it has an identity.
        return [.. rest.AsSpan()[..^1], .. ",\"stack\":"u8, .. JsonSerializer.SerializeToUtf8Bytes(stack, RecordingJson.Default.StackRecord), (byte)'}'];
    }
}

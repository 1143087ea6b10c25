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
    /// <param name="capture">Of which process they are, and when they stood so; null when not known.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(Stream stream, ProcessRecorder process, SessionKind session, IEnumerable<ThreadStack> threads, string toolVersion, Capture? capture = null)
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
        RecordingShapes.Process.Write(writer, process.Record() with { ProcessId = capture?.ProcessId, Made = (uint?)capture?.Made?.ToUnixTimeSeconds() });
        writer.WriteStartArray("threads"u8);
        writer.Flush();
        WriteThreads(stream, threads);
        stream.Write("\n  ]\n}"u8);
    }

    /// <summary>One line per thread, so that a recording can be compared and cut by lines.</summary>
    private static void WriteThreads(Stream stream, IEnumerable<ThreadStack> threads)
    {
        var stacks = new WrittenStacks();
        bool isFirst = true;
        foreach (ThreadStack thread in threads)
        {
            stream.Write(isFirst ? "\n    "u8 : ",\n    "u8);
            isFirst = false;
            StackRecord? stack = thread.Memory is { } memory ? stacks.Add(memory) : null;
            using var writer = new Utf8JsonWriter(stream);
            writer.WriteStartObject();
            RecordingShapes.Thread.WriteMembers(writer, stack is null ? thread : thread with { Memory = null });
            if (stack is not null)
                Write(writer, stack);
            writer.WriteEndObject();
        }
    }

    /// <summary>What a thread's line brings of its stack. The JSON writer keeps what it was given until it is flushed, and a stack may have megabytes.</summary>
    private static void Write(Utf8JsonWriter writer, StackRecord stack)
    {
        writer.WriteStartObject("stack"u8);
        RecordingShapes.Stack.WriteMembers(writer, stack with { Pieces = default });
        writer.WriteStartArray("pieces"u8);
        foreach (MemoryRecord piece in stack.Pieces)
        {
            RecordingShapes.Range.Write(writer, piece);
            writer.Flush();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}

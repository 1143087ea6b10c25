using System.Text.Json;
using KCallbacks.Detection.Model;
using KCallbacks.Recordings.Input;

namespace KCallbacks.Recordings.Json;

/// <summary>Reads a recording member by member, so that of a recording cut off everything before the cut is kept.</summary>
internal sealed class RecordingReader(ProblemLog problems)
{
    private const string NotARecording = $"the file is JSON, but not a recording as -record writes it: it has no \"format\": \"{RecordingSchema.Format}\"";

    private readonly List<ThreadStack> _threads = [];
    private readonly List<StackRecord?> _stacks = [];
    private readonly HashSet<int> _positions = [];
    private int _freePosition;
    private bool _hasDoubles;
    private bool _isRecording;

    public ProcessRecord Process { get; private set; } = new();

    public SessionKind Session { get; private set; }

    /// <summary>The threads that were read, with their memory. Their stacks lie in each other's lines and are put together here.</summary>
    public IEnumerable<ThreadStack> Threads()
    {
        var memory = new RecordedMemory([.. _stacks.OfType<StackRecord>().SelectMany(stack => stack.Pieces)]);
        return _threads.Zip(_stacks, (thread, stack) => stack is null ? thread : WithMemory(thread, stack, memory));
    }

    public void Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException("a recording must be a JSON object");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!ReadMember(ref reader))
                    return;
            }

            while (reader.Read())
            {
                // After the object only blanks are valid; the reader throws on anything else.
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The reader throws the second for strings of half surrogates.
            Report((exception as JsonException)?.LineNumber ?? LineOf(json, reader.BytesConsumed), json);
            return;
        }

        if (!_isRecording)
            problems.AddError(null, NotARecording);
    }

    /// <summary>False when the recording is of a version that cannot be read.</summary>
    private bool ReadMember(ref Utf8JsonReader reader)
    {
        if (IsMember(ref reader, "schema"u8))
            return IsReadable(ref reader);

        if (IsMember(ref reader, "format"u8))
            _isRecording = IsText(ref reader, RecordingSchema.Format);
        else if (IsMember(ref reader, "session"u8))
            Session = IsText(ref reader, "kernel") ? SessionKind.Kernel : SessionKind.User;
        else if (IsMember(ref reader, "process"u8))
            Process = RecordingShapes.Process.Read(ref reader);
        else if (IsMember(ref reader, "threads"u8))
            ReadThreads(ref reader);
        else
            reader.Skip();
        return true;
    }

    /// <summary>Whether the member at the reader has this name; if so the reader moves on to its value.</summary>
    private static bool IsMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.ValueTextEquals(name) && reader.Read();

    private static bool IsText(ref Utf8JsonReader reader, string text) =>
        reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(text);

    private bool IsReadable(ref Utf8JsonReader reader)
    {
        int version = 0;
        bool isReadable = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out version) && version is >= RecordingSchema.OldestVersion and <= RecordingSchema.Version;
        if (!isReadable)
            problems.AddError(null, $"the recording has schema {version}; this program reads schema {RecordingSchema.OldestVersion} to {RecordingSchema.Version}");
        return isReadable;
    }

    private void ReadThreads(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("\"threads\" must be an array");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.Null)
                continue;
            Utf8JsonReader again = reader;
            _threads.Add(Numbered(RecordingShapes.Thread.Read(ref reader)));
            _stacks.Add(RecordingShapes.StackOfThread.Read(ref again).Stack);
        }
    }

    /// <summary>By its position a thread's stack is found again, so no two threads may have the same.</summary>
    private ThreadStack Numbered(ThreadStack stack)
    {
        if (_positions.Add(stack.Thread.Position))
            return stack;
        if (!_hasDoubles)
            problems.AddError(null, $"two threads have the position {stack.Thread.Position}; each after the first is given one that is free");
        _hasDoubles = true;
        while (!_positions.Add(_freePosition))
            _freePosition++;
        return stack with { Thread = stack.Thread with { Position = _freePosition } };
    }

    private static ThreadStack WithMemory(ThreadStack thread, StackRecord stack, RecordedMemory memory) =>
        memory.Slice(stack.Address, stack.Length) is { } bytes
            ? thread with { Memory = new StackMemory(stack.Address, bytes, stack.IsComplete) }
            : thread with { Problem = thread.Problem ?? "the recording does not hold all of the thread's stack" };

    private static long LineOf(ReadOnlySpan<byte> json, long position) => json[..(int)position].Count((byte)'\n');

    private void Report(long linesBefore, ReadOnlySpan<byte> json)
    {
        bool isCut = IsCut(json);
        if (!isCut && !_isRecording)
        {
            problems.AddError(null, NotARecording);
            return;
        }

        problems.AddError(linesBefore + 1, $"the recording is {(isCut ? "cut off" : "not valid")}; {_threads.Count} threads before it were read");
    }

    /// <summary>Whether the text is right as far as it goes.</summary>
    private static bool IsCut(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
                // Only where it ends matters.
            }

            return reader.CurrentDepth > 0 || reader.TokenType != JsonTokenType.EndObject;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using KCallbacks.Detection.Model;

namespace KCallbacks.Recordings.Json;

/// <summary>
/// What a .NET runtime told of a thread, as JSON: an array with <c>true</c> where it told all, the thread whose end is waited for and the lock
/// (null for none); where known whether it is the thread of windows, the thread that is to run what it handed over, and the windows through
/// which it did; then the frames. A lock is its address, type and owner; a frame its kind, stack pointer, instruction and name.
/// </summary>
internal static class ManagedJson
{
    private static readonly (ManagedFrameKind Kind, string Name)[] Kinds =
        [(ManagedFrameKind.Method, "method"), (ManagedFrameKind.Stub, "stub"), (ManagedFrameKind.Transition, "transition")];

    /// <summary>Writes the member of a thread; nothing where no runtime told anything.</summary>
    public static void WriteMember(Utf8JsonWriter writer, JsonEncodedText member, ThreadStack thread)
    {
        if (thread.Managed is not { } told)
            return;
        writer.WritePropertyName(member);
        Write(writer, told);
    }

    /// <summary>Reads the member of a thread.</summary>
    public static ThreadStack ReadMember(ref Utf8JsonReader reader, ThreadStack before) => before with { Managed = Read(ref reader) };

    private static ManagedStack Read(ref Utf8JsonReader reader)
    {
        JsonValues.Expect(ref reader, JsonTokenType.StartArray);
        reader.Read();
        bool isComplete = JsonValues.Flag(ref reader);
        uint? joins = ReadThread(ref reader);
        reader.Read();
        ManagedLock? waited = reader.TokenType == JsonTokenType.Null ? null : ReadLock(ref reader);
        var frames = ImmutableArray.CreateBuilder<ManagedFrame>();
        var windows = ImmutableArray.CreateBuilder<ulong>();
        bool? isUiThread = null;
        uint? invoked = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
                isUiThread = reader.GetBoolean();
            else if (reader.TokenType == JsonTokenType.Number)
                invoked = ThreadOf(ref reader);
            else if (reader.TokenType == JsonTokenType.String)
                windows.Add(JsonValues.Address(ref reader));
            else
                frames.Add(ReadFrame(ref reader));
        }

        ManagedInvocation? invocation = invoked is null && windows.Count == 0 ? null : new ManagedInvocation(invoked, windows.DrainToImmutable());
        return new ManagedStack(frames.DrainToImmutable(), isComplete, waited, joins, invocation, isUiThread);
    }

    private static void Write(Utf8JsonWriter writer, ManagedStack value)
    {
        writer.WriteStartArray();
        writer.WriteBooleanValue(value.IsComplete);
        Write(writer, value.Joins);
        if (value.Lock is { } waited)
            Write(writer, waited);
        else
            writer.WriteNullValue();
        if (value.IsUiThread is { } isUiThread)
            writer.WriteBooleanValue(isUiThread);
        if (value.Invocation?.Thread is { } invoked)
            writer.WriteNumberValue(invoked);
        foreach (ulong window in value.Invocation?.Windows ?? [])
            JsonValues.WriteAddress(writer, window);
        foreach (ManagedFrame frame in value.Frames)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(Array.Find(Kinds, kind => kind.Kind == frame.Kind).Name);
            JsonValues.WriteAddress(writer, frame.StackPointer);
            JsonValues.WriteAddress(writer, frame.InstructionPointer);
            writer.WriteStringValue(frame.Name);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, ManagedLock waited)
    {
        writer.WriteStartArray();
        JsonValues.WriteAddress(writer, waited.Address);
        writer.WriteStringValue(waited.Type);
        Write(writer, waited.Owner);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, uint? thread)
    {
        if (thread is { } id)
            writer.WriteNumberValue(id);
        else
            writer.WriteNullValue();
    }

    private static ManagedLock ReadLock(ref Utf8JsonReader reader)
    {
        JsonValues.Expect(ref reader, JsonTokenType.StartArray);
        ulong address = ReadAddress(ref reader);
        reader.Read();
        string? type = reader.TokenType == JsonTokenType.Null ? null : JsonValues.Text(ref reader);
        uint? owner = ReadThread(ref reader);
        reader.Read();
        JsonValues.Expect(ref reader, JsonTokenType.EndArray);
        return new ManagedLock(address, type, owner);
    }

    private static ManagedFrame ReadFrame(ref Utf8JsonReader reader)
    {
        JsonValues.Expect(ref reader, JsonTokenType.StartArray);
        reader.Read();
        string kind = JsonValues.Text(ref reader);
        int index = Array.FindIndex(Kinds, known => known.Name == kind);
        ulong stackPointer = ReadAddress(ref reader);
        ulong instructionPointer = ReadAddress(ref reader);
        reader.Read();
        string name = JsonValues.Text(ref reader);
        reader.Read();
        JsonValues.Expect(ref reader, JsonTokenType.EndArray);
        return index < 0 ? throw Refused() : new ManagedFrame(stackPointer, instructionPointer, name, Kinds[index].Kind);
    }

    private static uint? ReadThread(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : ThreadOf(ref reader);
    }

    private static uint ThreadOf(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetUInt32(out uint id) ? id : throw Refused();

    private static ulong ReadAddress(ref Utf8JsonReader reader)
    {
        reader.Read();
        return JsonValues.Address(ref reader);
    }

    private static JsonException Refused() => new("what a .NET runtime told of a thread is not written as it should be");
}

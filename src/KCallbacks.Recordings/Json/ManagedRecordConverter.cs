using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using KCallbacks.Detection.Model;

namespace KCallbacks.Recordings.Json;

/// <summary>
/// Writes what a .NET runtime told of a thread: an array with <c>true</c> where it told all, the thread whose end is waited for and the lock (null for none), where known whether
/// it is the thread of windows and the thread that is to run what it handed over, then the frames. A lock is its address, type and owner; a
/// frame its kind, stack pointer, instruction and name. Written by hand, because generated code for these types would be larger than all
/// that reads and writes them elsewhere.
/// </summary>
internal sealed class ManagedRecordConverter : JsonConverter<ManagedRecord>
{
    private static readonly (ManagedFrameKind Kind, string Name)[] Kinds =
        [(ManagedFrameKind.Method, "method"), (ManagedFrameKind.Stub, "stub"), (ManagedFrameKind.Transition, "transition")];

    private static readonly AddressConverter Addresses = new();
    private static readonly NameConverter Names = new();

    public override ManagedRecord Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        reader.Read();
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
            throw Refused();
        bool isComplete = reader.GetBoolean();
        uint? joins = ReadThread(ref reader);
        reader.Read();
        ManagedLock? waited = reader.TokenType == JsonTokenType.Null ? null : ReadLock(ref reader, options);
        var frames = ImmutableArray.CreateBuilder<ManagedFrame>();
        bool? isUiThread = null;
        ManagedInvocation? invocation = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType is JsonTokenType.True or JsonTokenType.False)
                isUiThread = reader.GetBoolean();
            else if (reader.TokenType == JsonTokenType.Number)
                invocation = new ManagedInvocation(ThreadOf(ref reader), []);
            else
                frames.Add(ReadFrame(ref reader, options));
        }

        return new ManagedRecord(new ManagedStack(frames.ToImmutable(), isComplete, waited, joins, invocation, isUiThread));
    }

    public override void Write(Utf8JsonWriter writer, ManagedRecord value, JsonSerializerOptions options) => Write(writer, value.Told);

    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter writer, ManagedStack value)
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
        foreach (ManagedFrame frame in value.Frames)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(Array.Find(Kinds, kind => kind.Kind == frame.Kind).Name);
            AddressConverter.Write(writer, frame.StackPointer);
            AddressConverter.Write(writer, frame.InstructionPointer);
            writer.WriteStringValue(frame.Name);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, ManagedLock waited)
    {
        writer.WriteStartArray();
        AddressConverter.Write(writer, waited.Address);
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

    private static ManagedLock ReadLock(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        ulong address = ReadAddress(ref reader, options);
        reader.Read();
        string? type = reader.TokenType == JsonTokenType.Null ? null : TextOf(ref reader, options);
        uint? owner = ReadThread(ref reader);
        reader.Read();
        Expect(ref reader, JsonTokenType.EndArray);
        return new ManagedLock(address, type, owner);
    }

    private static ManagedFrame ReadFrame(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        reader.Read();
        string kind = TextOf(ref reader, options);
        int index = Array.FindIndex(Kinds, known => known.Name == kind);
        ulong stackPointer = ReadAddress(ref reader, options);
        ulong instructionPointer = ReadAddress(ref reader, options);
        reader.Read();
        string name = TextOf(ref reader, options);
        reader.Read();
        Expect(ref reader, JsonTokenType.EndArray);
        return index < 0 ? throw Refused() : new ManagedFrame(stackPointer, instructionPointer, name, Kinds[index].Kind);
    }

    private static uint? ReadThread(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : ThreadOf(ref reader);
    }

    private static uint ThreadOf(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetUInt32(out uint id) ? id : throw Refused();

    private static ulong ReadAddress(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        reader.Read();
        return Addresses.Read(ref reader, typeof(ulong), options);
    }

    private static string TextOf(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        Expect(ref reader, JsonTokenType.String);
        return Names.Read(ref reader, typeof(string), options)!;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (reader.TokenType != token)
            throw Refused();
    }

    private static JsonException Refused() => new("what a .NET runtime told of a thread is not written as it should be");
}

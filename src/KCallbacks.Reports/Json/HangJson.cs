using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Signatures;
using KCallbacks.Detection.Waits;
using KCallbacks.Reports.Phrases;

namespace KCallbacks.Reports.Json;

/// <summary>What hangs and who waits for whom, as JSON. Threads are named by their position.</summary>
internal static class HangJson
{
    /// <summary>Of a wait for the answer to a message or call: whether the receiver treats it, with the words below; left out for other waits.</summary>
    public const string MessageState = "messageState";

    /// <summary>The receiver runs the procedure for this very message.</summary>
    public const string Handled = "handled";

    /// <summary>It went to every top-level window.</summary>
    public const string Broadcast = "broadcast";

    /// <summary>The members of the report's object that say what hangs, a line each where they fit.</summary>
    public static string Result(HangResult result, Report report) => JsonText.Of(json =>
    {
        var sentence = new ResultSentence(result, report);
        json.WriteStartObject();
        json.WriteString("state", DisplayText.Of(result.State));
        json.WriteString("proof", DisplayText.Of(result.Proof));
        json.WriteString("text", FactJson.Cut(sentence.Text));
        var signature = HangSignature.Of(result);
        json.WriteString("signature", signature?.Text);
        json.WriteString("bucket", signature?.Bucket);
        json.WriteString("finerSignature", signature?.Finer);
        json.WriteEndObject();
    });

    /// <summary>A finding.</summary>
    public static string Finding(HangFinding finding) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("state", DisplayText.Of(finding.State));
        json.WriteString("proof", DisplayText.Of(finding.Proof));
        WriteNumbers(json, "cycle", finding.Cycle);
        WriteNumbers(json, "behind", finding.Behind);
        if (finding.Head is { } head)
            WriteOwner(json, "head", head);
        else
            json.WriteNull("head");
        WriteNumbers(json, "windows", finding.Windows);
        WriteMilliseconds(json, "endsAfterMs", finding.EndsAfter);
        json.WriteEndObject();
    });

    /// <summary>One thread waits for another.</summary>
    public static string Edge(WaitEdge edge) => JsonText.Of(json => WriteEdge(json, edge));

    /// <summary>A circle of waits.</summary>
    public static string Circle(Deadlock deadlock) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("proof", DisplayText.Of(deadlock.Proof));
        json.WriteStartArray("cycle");
        foreach (WaitEdge edge in deadlock.Cycle)
            WriteEdge(json, edge);
        json.WriteEndArray();
        WriteNumbers(json, "behind", deadlock.Behind);
        WriteMilliseconds(json, "endsAfterMs", deadlock.EndsAfter);
        json.WriteEndObject();
    });

    /// <summary>A thread that holds up others.</summary>
    public static string Head(WaitHead head) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("proof", DisplayText.Of(head.Proof));
        WriteOwner(json, "thread", head.Thread);
        WriteNumbers(json, "behind", head.Behind);
        json.WriteEndObject();
    });

    /// <summary>A process that was not asked for.</summary>
    public static string Process(BlockedProcess blocked) => JsonText.Of(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("process");
        WriteNumber(json, "id", blocked.Process.Id);
        WriteText(json, "name", blocked.Process.Name);
        WriteHexadecimal(json, "address", blocked.Process.Address);
        json.WriteEndObject();
        json.WriteNumber("threads", blocked.Threads);
        json.WriteEndObject();
    });

    /// <summary>Writes the members of a thread's object that say what it does, waits for and holds up.</summary>
    public static void WriteMembers(Utf8JsonWriter json, HangThread thread)
    {
        if (thread.HasWindows is { } hasWindows)
            json.WriteBoolean("uiThread", hasWindows);
        else
            json.WriteNull("uiThread");
        json.WriteString("activity", DisplayText.Of(thread.Activity));
        json.WriteStartArray("waitsFor");
        foreach (Wait wait in thread.Waits?.Waits ?? [])
            WriteWait(json, wait, thread.Waits!);
        json.WriteEndArray();
        json.WriteNumber("holdsUp", thread.HoldsUp);
    }

    private static void WriteWait(Utf8JsonWriter json, Wait wait, ThreadWaits waits)
    {
        json.WriteStartObject();
        json.WriteString("kind", WaitPhrases.WordOf(wait.Kind));
        WriteText(json, "name", wait.Object.Symbol ?? wait.Object.Name);
        WriteHexadecimal(json, "address", wait.Object.Address);
        WriteHexadecimal(json, "handle", wait.Object.Handle);
        WriteMilliseconds(json, "timeoutMs", waits.EndsByTime ? waits.Timeout : null);
        WriteText(json, "mode", waits.Mode switch { WaitMode.All => "all", WaitMode.Any => "any", _ => null });
        json.WriteStartArray("owners");
        foreach (WaitOwner owner in wait.Owners)
            WriteOwner(json, null, owner);
        json.WriteEndArray();
        json.WriteStartArray("candidates");
        foreach (WaitOwner candidate in wait.Candidates)
            WriteOwner(json, null, candidate);
        json.WriteEndArray();
        WriteText(json, "ownerUnknown", WordOf(OwnerPhrases.WhyUnknown(wait)));
        WriteText(json, "ownerUnknownReason", wait.NoOwner);
        WriteText(json, "objectState", wait.State);
        WriteText(json, "access", wait.Access is { } access ? WaitPhrases.WordOf(access) : null);
        if (wait.IsBeingHandled || wait.IsBroadcast)
            json.WriteString(MessageState, wait.IsBroadcast ? Broadcast : Handled);
        json.WriteString("proof", DisplayText.Of(wait.Proof));
        json.WriteStartArray("evidence");
        foreach (string evidence in wait.Evidence)
            json.WriteStringValue(FactJson.Cut(evidence));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string? WordOf(OwnerUnknown? why) => why switch
    {
        OwnerUnknown.NotRecorded => "not-recorded",
        OwnerUnknown.NotCaptured => "not-in-dump",
        OwnerUnknown.Ambiguous => "ambiguous",
        _ => null,
    };

    /// <summary>Without names, which <c>waitsFor</c> has: so a long circle can be broken after any comma.</summary>
    private static void WriteEdge(Utf8JsonWriter json, WaitEdge edge)
    {
        json.WriteStartObject();
        json.WriteNumber("from", edge.From);
        WriteOwner(json, "to", edge.To);
        json.WriteString("kind", WaitPhrases.WordOf(edge.Wait.Kind));
        json.WriteString("proof", DisplayText.Of(edge.Wait.Proof));
        json.WriteEndObject();
    }

    private static void WriteOwner(Utf8JsonWriter json, string? name, WaitOwner owner)
    {
        if (name is not null)
            json.WritePropertyName(name);
        json.WriteStartObject();
        WriteNumber(json, "position", owner.Position);
        json.WriteNumber("systemId", owner.SystemId);
        WriteNumber(json, "processId", owner.ProcessId);
        WriteText(json, "processName", owner.ProcessName);
        json.WriteString("state", owner.Position is not null ? "alive" : owner.ProcessId is not null ? "other-process" : "gone");
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ImmutableArray<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (int number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text) => json.WriteString(name, FactJson.Cut(text));

    private static void WriteNumber(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known)
            json.WriteNumber(name, known);
        else
            json.WriteNull(name);
    }

    private static void WriteMilliseconds(Utf8JsonWriter json, string name, TimeSpan? time) => WriteNumber(json, name, (long?)time?.TotalMilliseconds);

    private static void WriteHexadecimal(Utf8JsonWriter json, string name, ulong? value) =>
        json.WriteString(name, value is { } known ? string.Create(CultureInfo.InvariantCulture, $"0x{known:x16}") : null);
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Phrases;

namespace KCallbacks.Reports.Json;

/// <summary>The items of a <see cref="FactSheet"/> as JSON objects. What is not known has no member.</summary>
/// <param name="result">What hangs.</param>
internal sealed class FactSheetItems(HangResult result)
{
    /// <summary>Characters of a name of the target; a longer one loses its middle.</summary>
    private const int LongestName = 120;

    /// <summary>Threads or objects that one item names; more are counted.</summary>
    private const int MostListed = 20;

    /// <summary>A finding.</summary>
    public string Finding(HangFinding finding) => FactList.TextOf(json =>
    {
        json.WriteStartObject();
        json.WriteString("state", DisplayText.Of(finding.State));
        json.WriteString("proof", DisplayText.Of(finding.Proof));
        WriteIds(json, "circle", finding.Cycle);
        WriteIds(json, "behind", finding.Behind);
        if (finding.Head is { } head)
            json.WriteString("mustLetGo", IdOf(head));
        WriteMilliseconds(json, "endsAfterMs", finding.EndsAfter);
        json.WriteEndObject();
    });

    /// <summary>A thread waits for another.</summary>
    public string Edge(WaitEdge edge) => FactList.TextOf(json =>
    {
        json.WriteStartObject();
        json.WriteString("from", IdOf(edge.From));
        json.WriteString("to", IdOf(edge.To));
        WriteObject(json, edge.Wait);
        json.WriteString("proof", DisplayText.Of(edge.Wait.Proof));
        json.WriteEndObject();
    });

    /// <summary>Threads, those that differ in nothing but their ids as one item.</summary>
    public List<string> Threads(IEnumerable<ThreadFinding> threads)
    {
        Dictionary<string, List<ThreadFinding>> alike = [];
        foreach (ThreadFinding thread in threads)
        {
            string facts = FactList.TextOf(json => WriteThread(json, thread));
            if (!alike.TryGetValue(facts, out List<ThreadFinding>? group))
                alike.Add(facts, group = []);
            group.Add(thread);
        }

        List<string> items = [];
        foreach ((string facts, List<ThreadFinding> group) in alike)
            items.Add(FactList.TextOf(json => WriteIdentity(json, group))[..^1] + "," + facts[1..]);
        return items;
    }

    private static void WriteIdentity(Utf8JsonWriter json, List<ThreadFinding> group)
    {
        json.WriteStartObject();
        json.WriteNumber("count", group.Count);
        json.WriteStartArray("ids");
        for (int i = 0; i < Math.Min(group.Count, MostListed); i++)
            json.WriteStringValue(IdOf(group[i].Thread));
        json.WriteEndArray();
        json.WriteString("number", Name(ThreadName.Of(group[0].Thread)));
        json.WriteEndObject();
    }

    private void WriteThread(Utf8JsonWriter json, ThreadFinding finding)
    {
        HangThread? part = result.Of(finding.Thread.Position);
        json.WriteStartObject();
        json.WriteString("verdict", DisplayText.Of(finding.Verdict));
        json.WriteNumber("depth", finding.Depth);
        json.WriteString("confidence", DisplayText.Of(finding.Confidence));
        if (finding.Callbacks is [var innermost, ..])
            WriteCallback(json, innermost);
        WriteName(json, "runs", finding.Callbacks.IsEmpty ? finding.ProgramFunction : null);
        WriteName(json, "reason", finding.Verdict == Verdict.Unknown ? finding.Reason : null);
        if (part is not null)
            WritePart(json, part);
        json.WriteEndObject();
    }

    private static void WriteCallback(Utf8JsonWriter json, Callback callback)
    {
        WriteName(json, "delivers", DisplayText.OfDelivered(callback));
        WriteName(json, "routine", callback.Routine);
        WriteName(json, "handler", callback.Handler);
        WriteName(json, "enteredBy", callback.Entry);
    }

    private void WritePart(Utf8JsonWriter json, HangThread thread)
    {
        if (thread.HasWindows is { } hasWindows)
            json.WriteBoolean("uiThread", hasWindows);
        json.WriteString("activity", DisplayText.Of(thread.Activity));
        WriteName(json, "standsIn", thread.StandsIn);
        json.WriteNumber("holdsUp", thread.HoldsUp);
        if (thread.Waits is not { Waits.IsEmpty: false } waits)
            return;
        WriteMilliseconds(json, "timeoutMs", waits.EndsByTime ? waits.Timeout : null);
        json.WriteStartArray("waitsFor");
        foreach (Wait wait in waits.Waits.Take(MostListed))
            WriteWait(json, wait);
        json.WriteEndArray();
    }

    private void WriteWait(Utf8JsonWriter json, Wait wait)
    {
        json.WriteStartObject();
        WriteObject(json, wait);
        json.WriteStartArray("owners");
        foreach (WaitOwner owner in wait.Owners.Take(MostListed))
            json.WriteStringValue(IdOf(owner));
        json.WriteEndArray();
        json.WriteString("proof", DisplayText.Of(wait.Proof));
        WriteName(json, "noOwner", wait.NoOwner);
        json.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter json, Wait wait)
    {
        json.WriteString("kind", WaitPhrases.WordOf(wait.Kind));
        WriteName(json, "name", wait.Object.Symbol ?? wait.Object.Name);
        if (wait.Object.Address is { } address)
            json.WriteString("address", DisplayText.OfAddress(address));
        if (wait.Object.Handle is { } handle)
            json.WriteString("handle", Hexadecimal(handle));
    }

    private void WriteIds(Utf8JsonWriter json, string name, ImmutableArray<int> positions)
    {
        if (positions.IsEmpty)
            return;
        json.WriteNumber(name + "Count", positions.Length);
        json.WriteStartArray(name);
        foreach (int position in positions.Take(MostListed))
            json.WriteStringValue(IdOf(position));
        json.WriteEndArray();
    }

    private static void WriteMilliseconds(Utf8JsonWriter json, string name, TimeSpan? time)
    {
        if (time is { } known)
            json.WriteNumber(name, (long)known.TotalMilliseconds);
    }

    private static void WriteName(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            json.WriteString(name, Name(value));
    }

    private string IdOf(int position) => result.Of(position) is { } thread ? IdOf(thread.Finding.Thread) : position.ToString(CultureInfo.InvariantCulture);

    private string IdOf(WaitOwner owner) =>
        owner.Position is { } position ? IdOf(position)
        : owner.ProcessId is { } process ? $"{Hexadecimal(process)}.{Hexadecimal(owner.SystemId)}"
        : Hexadecimal(owner.SystemId);

    /// <summary>The id that queries have as index.</summary>
    private static string IdOf(ThreadIdentity thread) => (thread.SystemId ?? thread.Address) is { } id ? Hexadecimal(id) : Name(ThreadName.Of(thread));

    private static string Hexadecimal(ulong number) => string.Create(CultureInfo.InvariantCulture, $"0x{number:x}");

    private static string Name(string text) => Fold.Long(Printable.Of(text), LongestName);
}

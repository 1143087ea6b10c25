using System.Text.Json;

namespace KCallbacks.PrintedStacks.Tests.Corpus;

/// <summary>What an expert says of one thread of a recorded stack.</summary>
/// <param name="Recording">Name of the recording, without extension.</param>
/// <param name="Index">Place of the thread in the text.</param>
/// <param name="Threads">How many threads are labelled in the text.</param>
/// <param name="Printed">The thread's id as the text prints it; null when the label gives only its position.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Accept">Further verdicts that are tolerable.</param>
/// <param name="Depth">Callbacks nested on the thread.</param>
/// <param name="Routine">Routine of the innermost callback as labelled; null when the text does not show it.</param>
/// <param name="Entry">System call below the innermost dispatcher; null when no stub is printed there.</param>
/// <param name="IsHistoric">Whether the stack was kept from the past by a heap or leak checker.</param>
/// <param name="Outer">Further callbacks, outwards.</param>
/// <param name="Details">What else the label says, by the names in <see cref="DetailNames"/>; a name that is not there is not labelled.</param>
public sealed record CorpusLabel(
    string Recording,
    int Index,
    int Threads,
    string? Printed,
    string Verdict,
    IReadOnlyList<string> Accept,
    int Depth,
    string? Routine,
    string? Entry,
    bool IsHistoric,
    IReadOnlyList<(string? Routine, string? Entry)> Outer,
    IReadOnlyDictionary<string, string?> Details)
{
    /// <summary>
    /// What the thread waits in, its ids, the code that the callback runs, a shape of hang, the verdict's confidence, words of its reason,
    /// and how many warnings the text may give.
    /// </summary>
    private static readonly string[] DetailNames = ["blockedIn", "engineId", "systemId", "handler", "shape", "confidence", "reason", "warnings", "architecture"];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "corpus");

    public string TextPath => Path.Combine(Folder, Recording + ".txt");

    public static IEnumerable<CorpusLabel> ReadAll() =>
        Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal).SelectMany(ReadRecording);

    /// <summary>Texts in which functions are named, but no stack is printed.</summary>
    public static IEnumerable<string> TextsWithoutStack() =>
        Directory.EnumerateFiles(Folder, "*.json")
            .Where(path => JsonDocument.Parse(File.ReadAllBytes(path)).RootElement.GetProperty("threads").GetInt32() == 0)
            .Select(path => Path.ChangeExtension(path, ".txt"))
            .Order(StringComparer.Ordinal);

    public override string ToString() => $"{Recording}, thread {Printed ?? $"#{Index}"}";

    private static IEnumerable<CorpusLabel> ReadRecording(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement root = document.RootElement;
        JsonElement[] labels = [.. root.GetProperty("expected").EnumerateArray()];
        return [.. labels.Select((label, index) => Read(Path.GetFileNameWithoutExtension(path), root, labels.Length, label, index))];
    }

    private static CorpusLabel Read(string recording, JsonElement root, int threads, JsonElement label, int index)
    {
        JsonElement thread = label.GetProperty("thread");
        return new CorpusLabel(
            recording,
            index,
            threads,
            thread.ValueKind == JsonValueKind.String ? thread.GetString() : null,
            label.GetProperty("verdict").GetString()!,
            [.. Elements(label, "accept").Select(verdict => verdict.GetString()!)],
            label.GetProperty("depth").GetInt32(),
            label.GetProperty("callback").GetString(),
            label.GetProperty("syscall").GetString(),
            root.TryGetProperty("historic", out JsonElement historic) && historic.GetBoolean(),
            [.. Elements(root, "outer").Select(outer => (outer.GetProperty("callback").GetString(), outer.GetProperty("syscall").GetString()))],
            DetailNames.Where(name => label.TryGetProperty(name, out _)).ToDictionary(name => name, name => (string?)Spell(label.GetProperty(name))));
    }

    private static string? Spell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    private static JsonElement.ArrayEnumerator Elements(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement array) ? array.EnumerateArray() : default;
}

using System.Text.Json;

namespace KCallbacks.PrintedStacks.Tests.Corpus;

/// <summary>What an expert says of whom the threads of a text wait for.</summary>
/// <param name="Recording">Name of the text, without extension.</param>
/// <param name="Waits">What single threads wait for, as <see cref="WaitLabelTests"/> spells it: <c>0 waits for CriticalSection 4c1a90, owned by 1 (certain)</c>.</param>
/// <param name="Circles">The positions of the threads of each circle.</param>
public sealed record WaitLabel(string Recording, IReadOnlyList<string> Waits, IReadOnlyList<string> Circles)
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "corpus");

    public string TextPath => Path.Combine(Folder, Recording + ".txt");

    public static IEnumerable<WaitLabel> ReadAll() =>
        Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal).Select(Read).OfType<WaitLabel>();

    public override string ToString() => Recording;

    private static WaitLabel? Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.TryGetProperty("waits", out JsonElement waits)
            ? new WaitLabel(Path.GetFileNameWithoutExtension(path), Strings(waits), document.RootElement.TryGetProperty("circles", out JsonElement circles) ? Strings(circles) : [])
            : null;
    }

    private static string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];
}

using System.Collections.Concurrent;

namespace KCallbacks.Triage.Scan;

/// <summary>Texts that occur in many rows, each kept once. Safe to use from several threads.</summary>
internal sealed class SharedTexts
{
    private readonly ConcurrentDictionary<string, string> _texts = new();
    private readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    /// <summary>None yet.</summary>
    public SharedTexts() => _bySpan = _texts.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The text as all rows have it.</summary>
    public string Of(ReadOnlySpan<char> text) => _bySpan.TryGetValue(text, out string? known) ? known : _texts.GetOrAdd(text.ToString(), static text => text);
}

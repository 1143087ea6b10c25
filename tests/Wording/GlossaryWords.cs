namespace KCallbacks.Wording;

/// <summary>Words that the glossary does not have: one word for one thing, and none that hedges. What is printed and the documents use none of them.</summary>
internal static class GlossaryWords
{
    /// <summary>Each with the form in which it may stand; that of a name that others gave.</summary>
    private static readonly (string Word, string Allowed)[] NotOurs =
    [
        ("waits in ", "\0"), ("waits on ", "\0"), ("waiting on ", "[Waiting on "), ("blocked in ", "\0"), ("hangs in ", "what hangs in "),
        (" seems ", "\0"), (" 1 threads", "\0"), (" 1 callbacks", "\0"), ("probably", "probably holds itself"), (" Zw", " ZwCallbackReturn"),
    ];

    /// <summary>The lines that hold such a word, each with the word.</summary>
    public static IReadOnlyList<string> Faults(IEnumerable<string> lines) =>
    [
        .. lines.Distinct().SelectMany(line => NotOurs
            .Where(entry => line.Replace(entry.Allowed, "", StringComparison.OrdinalIgnoreCase).Contains(entry.Word, StringComparison.OrdinalIgnoreCase))
            .Select(entry => $"\"{entry.Word}\": {line}")),
    ];
}

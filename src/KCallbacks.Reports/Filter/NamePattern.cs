using System.IO.Enumeration;

namespace KCallbacks.Reports.Filter;

/// <summary>
/// A pattern for <c>module!function</c>, case ignored, and system calls in both spellings. With <c>*</c> or <c>?</c> it must match the whole
/// name, the module or the function; without them it may stand anywhere in the name.
/// </summary>
/// <param name="Text">The pattern as typed.</param>
internal readonly record struct NamePattern(string Text)
{
    /// <summary>Whether the pattern matches <c>module!function</c>.</summary>
    public bool Matches(string symbol) => MatchesSpelled(symbol) || (SymbolName.WithOtherSpelling(symbol) is { } other && MatchesSpelled(other));

    private bool MatchesSpelled(string symbol)
    {
        if (Text.AsSpan().IndexOfAny('*', '?') < 0)
            return symbol.Contains(Text, StringComparison.OrdinalIgnoreCase);

        int bang = SymbolName.ModuleEnd(symbol);
        return MatchesWhole(symbol) || (bang >= 0 && (MatchesWhole(symbol.AsSpan(0, bang)) || MatchesWhole(symbol.AsSpan(bang + 1))));
    }

    private bool MatchesWhole(ReadOnlySpan<char> name) => FileSystemName.MatchesSimpleExpression(Text, name);
}

using System.Diagnostics.CodeAnalysis;

namespace KCallbacks.Reports;

/// <summary>The halves of <c>module!function</c>.</summary>
internal static class SymbolName
{
    private const string Operator = "operator";

    /// <summary>Where the module's name ends; -1 when the symbol names none. The <c>!</c> of <c>operator!=</c> ends no module.</summary>
    public static int ModuleEnd(string symbol)
    {
        int bang = symbol.IndexOf('!', StringComparison.Ordinal);
        return bang > 0 && symbol.AsSpan(0, bang).EndsWith(Operator) ? -1 : bang;
    }

    /// <summary>The function alone, or all of a symbol without a module.</summary>
    public static string FunctionOf(string symbol) => symbol[(ModuleEnd(symbol) + 1)..];

    /// <summary><c>Nt</c> and <c>Zw</c> are two names of one address: a system call is always spelled <c>Nt</c>.</summary>
    [return: NotNullIfNotNull(nameof(symbol))]
    public static string? WithOneSpelling(string? symbol)
    {
        if (symbol is null)
            return null;
        int start = symbol.IndexOf('!', StringComparison.Ordinal) + 1;
        return IsSpelled("Zw", symbol, start) ? Spelled("Nt", symbol, start) : symbol;
    }

    /// <summary>The other spelling of a system call; null for what is none.</summary>
    public static string? WithOtherSpelling(string symbol)
    {
        int start = symbol.IndexOf('!', StringComparison.Ordinal) + 1;
        return IsSpelled("Zw", symbol, start) ? Spelled("Nt", symbol, start) : IsSpelled("Nt", symbol, start) ? Spelled("Zw", symbol, start) : null;
    }

    private static bool IsSpelled(string prefix, string symbol, int start) =>
        symbol.AsSpan(start).StartsWith(prefix) && symbol.Length > start + prefix.Length && char.IsAsciiLetterUpper(symbol[start + prefix.Length]);

    private static string Spelled(string prefix, string symbol, int start) => $"{symbol[..start]}{prefix}{symbol[(start + prefix.Length)..]}";
}

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
}

using KCallbacks.Detection.Windows;

namespace KCallbacks.Reports.Phrases;

/// <summary>Names of functions as the table shows them.</summary>
internal static class SymbolText
{
    /// <summary>A function without its module where everybody knows whose it is, and system calls spelled <c>Nt</c>.</summary>
    public static string Of(string symbol)
    {
        int bang = SymbolName.ModuleEnd(symbol);
        string shown = bang > 0 && SystemModules.WellKnown.Contains(symbol[..bang], StringComparer.OrdinalIgnoreCase) ? symbol[(bang + 1)..] : symbol;
        return SymbolName.WithOneSpelling(shown);
    }

    /// <summary>Of <c>module!function</c> or <c>module+0xrva</c>, the module.</summary>
    public static string ModuleOf(string symbol) => SymbolName.ModuleEnd(symbol) is var end and >= 0 ? symbol[..end] : symbol.Split("+0x")[0];
}

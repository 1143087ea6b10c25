using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions;

/// <summary>The names that the engine gives addresses of a process.</summary>
internal sealed class EngineNames(DebugSymbols symbols, IProcessView process)
{
    private readonly Dictionary<ulong, bool> _namedByExports = [];

    /// <summary>The function at or before an address; null when the engine knows none.</summary>
    /// <param name="address">The address.</param>
    /// <param name="moduleBase">Where the module lies that holds the address; null when it is in none.</param>
    public Symbol? FunctionAt(ulong address, ulong? moduleBase)
    {
        if (!symbols.TryGetNameByOffset(address, out string name, out ulong displacement).Succeeded)
            return null;
        int mark = name.IndexOf('!', StringComparison.Ordinal);
        if (mark <= 0)
            return null;
        var symbol = new Symbol(name[..mark], name[(mark + 1)..], displacement, moduleBase is { } module && IsNamedByExports(module));
        return symbol.IsExport ? NearestExport.Judge(symbol, address, moduleBase!.Value, process) : symbol;
    }

    /// <summary>Asked only after a name was looked up: before, the engine has not loaded any names.</summary>
    private bool IsNamedByExports(ulong moduleBase)
    {
        if (!_namedByExports.TryGetValue(moduleBase, out bool exports))
        {
            exports = symbols.TryGetModuleParameters(moduleBase, out ModuleParameters parameters).Succeeded
                && parameters.SymbolType == SymbolType.Export;
            _namedByExports[moduleBase] = exports;
        }

        return exports;
    }
}

using System.Collections.Immutable;
using KCallbacks.DbgEng;
using KCallbacks.Detection;

namespace KCallbacks.Sessions;

/// <summary>The current process of a user-mode session. Names are cached by address.</summary>
public sealed class UserProcess : IProcessView
{
    private readonly DebugEngine _engine;
    private readonly Dictionary<ulong, Symbol?> _symbols = [];
    private readonly Dictionary<ulong, bool> _namedByExports = [];

    /// <summary>Reads what the process is.</summary>
    /// <param name="engine">The engine; must outlive the process.</param>
    /// <param name="machine">The processor of the process's own code.</param>
    public UserProcess(DebugEngine engine, MachineType machine)
    {
        _engine = engine;
        Architecture = machine.Architecture;
        Modules = ModuleList.Of(engine);
        WindowsBuild = engine.Control.TryGetSystemVersionValues(out SystemVersion version).Succeeded ? (int)version.KernelMinor : null;
        ProcessEnvironmentBlock = engine.SystemObjects.TryGetCurrentProcessPeb(out ulong peb).Succeeded ? peb : null;
        IsWine = FindFunction("ntdll", "wine_get_version") is not null;
    }

    /// <inheritdoc/>
    public Architecture Architecture { get; }

    /// <inheritdoc/>
    public int? WindowsBuild { get; }

    /// <inheritdoc/>
    public bool IsWine { get; }

    /// <inheritdoc/>
    public ImmutableArray<Module> Modules { get; }

    /// <inheritdoc/>
    public ulong? ProcessEnvironmentBlock { get; }

    /// <inheritdoc/>
    public bool TryRead(ulong address, Span<byte> destination) =>
        _engine.DataSpaces.TryReadVirtual(address, destination, out uint read).Succeeded && read == destination.Length;

    /// <inheritdoc/>
    public Symbol? FindSymbol(ulong address)
    {
        if (!_symbols.TryGetValue(address, out Symbol? symbol))
            _symbols[address] = symbol = Name(address);
        return symbol;
    }

    /// <inheritdoc/>
    public ulong? FindFunction(string module, string function) =>
        _engine.Symbols.TryGetOffsetByName($"{module}!{function}", out ulong address).Succeeded ? address : null;

    private Symbol? Name(ulong address)
    {
        Module? module = Modules.FirstOrDefault(candidate => candidate.Contains(address));
        if (_engine.Symbols.TryGetNameByOffset(address, out string name, out ulong displacement).Succeeded)
        {
            int mark = name.IndexOf('!', StringComparison.Ordinal);
            if (mark > 0)
                return new Symbol(name[..mark], name[(mark + 1)..], displacement, module is not null && IsNamedByExports(module));
        }

        return module is null ? null : new Symbol(module.Name, null, address - module.Base, IsExport: false);
    }

    /// <summary>Asked only after a name was looked up: before, the engine has not loaded any names.</summary>
    private bool IsNamedByExports(Module module)
    {
        if (!_namedByExports.TryGetValue(module.Base, out bool exports))
        {
            exports = _engine.Symbols.TryGetModuleParameters(module.Base, out ModuleParameters parameters).Succeeded
                && parameters.SymbolType == SymbolType.Export;
            _namedByExports[module.Base] = exports;
        }

        return exports;
    }
}

using System.Collections.Immutable;
using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using KCallbacks.Scanning.Unwinding;

namespace KCallbacks.Sessions.User;

/// <summary>The current process of a user-mode session. Names are cached by address, and so are the pages of its modules.</summary>
internal sealed class UserProcess : IProcessView
{
    private readonly DebugEngine _engine;
    private readonly EngineNames _names;
    private readonly ModuleMap _map;
    private readonly Dictionary<ulong, Symbol?> _symbols = [];
    private readonly Dictionary<string, ulong?> _functions = [];
    private readonly ImagePages _pages;

    /// <summary>Reads what the process is.</summary>
    /// <param name="engine">The engine; must outlive the process.</param>
    /// <param name="machine">The processor of the process's own code.</param>
    public UserProcess(DebugEngine engine, CpuLayout machine)
    {
        _engine = engine;
        _names = new EngineNames(engine.Symbols, this);
        FunctionStarts = new FunctionStarts(this);
        Architecture = machine.Architecture;
        Modules = ModuleList.Of(engine);
        _map = new ModuleMap(Modules);
        _pages = new ImagePages(engine.DataSpaces.Read, _map);
        WindowsBuild = engine.Control.TryGetSystemVersionValues(out SystemVersion version).Succeeded ? (int)version.KernelMinor : null;
        ProcessEnvironmentBlock = engine.SystemObjects.TryGetCurrentProcessPeb(out ulong peb).Succeeded ? peb : null;
        IsWine = Wine.Runs(this);
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
        _pages.TryRead(address, destination) || _engine.DataSpaces.TryReadAll(address, destination);

    /// <inheritdoc/>
    public Symbol? FindSymbol(ulong address)
    {
        if (!_symbols.TryGetValue(address, out Symbol? symbol))
            _symbols[address] = symbol = Name(address);
        return symbol;
    }

    /// <summary>Where functions begin, for walks over the same unwind data.</summary>
    public FunctionStarts FunctionStarts { get; }

    /// <inheritdoc/>
    public ulong? FindFunctionStart(ulong address) => FunctionStarts.Of(address);

    /// <inheritdoc/>
    public ulong? FindFunction(string module, string function)
    {
        string name = $"{module}!{function}";
        if (!_functions.TryGetValue(name, out ulong? address))
            _functions[name] = address = _engine.Symbols.TryGetOffsetByName(name, out ulong found).Succeeded ? found : null;
        return address;
    }

    private Symbol? Name(ulong address)
    {
        Module? module = _map.At(address);
        return _names.FunctionAt(address, module?.Base)
            ?? (module is null ? null : new Symbol(module.Name, null, address - module.Base, IsExport: false));
    }
}

using System.Collections.Immutable;
using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;
using KCallbacks.Scanning.Unwinding;

namespace KCallbacks.Sessions.User;

/// <summary>The current process of a user-mode session. Names are cached by address, and so are the pages of its modules.</summary>
public sealed class UserProcess : IProcessView
{
    private const int PageSize = 0x1000;

    private readonly DebugEngine _engine;
    private readonly EngineNames _names;
    private readonly FunctionStarts _functionStarts;
    private readonly Dictionary<ulong, Symbol?> _symbols = [];
    private readonly Dictionary<string, ulong?> _functions = [];
    private readonly Dictionary<ulong, byte[]?> _codePages = [];

    /// <summary>Reads what the process is.</summary>
    /// <param name="engine">The engine; must outlive the process.</param>
    /// <param name="machine">The processor of the process's own code.</param>
    public UserProcess(DebugEngine engine, CpuLayout machine)
    {
        _engine = engine;
        _names = new EngineNames(engine.Symbols, this);
        _functionStarts = new FunctionStarts(this);
        Architecture = machine.Architecture;
        Modules = ModuleList.Of(engine);
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
    public bool TryRead(ulong address, Span<byte> destination)
    {
        int offset = (int)(address % PageSize);
        if (offset + destination.Length <= PageSize && CodePage(address - (uint)offset) is { } page)
        {
            page.AsSpan(offset, destination.Length).CopyTo(destination);
            return true;
        }

        return _engine.DataSpaces.TryReadAll(address, destination);
    }

    /// <inheritdoc/>
    public Symbol? FindSymbol(ulong address)
    {
        if (!_symbols.TryGetValue(address, out Symbol? symbol))
            _symbols[address] = symbol = Name(address);
        return symbol;
    }

    /// <inheritdoc/>
    public ulong? FindFunctionStart(ulong address) => _functionStarts.Of(address);

    /// <inheritdoc/>
    public ulong? FindFunction(string module, string function)
    {
        string name = $"{module}!{function}";
        if (!_functions.TryGetValue(name, out ulong? address))
            _functions[name] = address = _engine.Symbols.TryGetOffsetByName(name, out ulong found).Succeeded ? found : null;
        return address;
    }

    /// <summary>The page of a module at an address; null when it is none, or the dump holds only parts of it.</summary>
    private byte[]? CodePage(ulong address)
    {
        if (_codePages.TryGetValue(address, out byte[]? page))
            return page;
        return _codePages[address] = Modules.Any(module => module.Contains(address)) ? ReadPage(address) : null;
    }

    private byte[]? ReadPage(ulong address)
    {
        byte[] page = new byte[PageSize];
        return _engine.DataSpaces.TryReadAll(address, page) ? page : null;
    }

    private Symbol? Name(ulong address)
    {
        Module? module = Modules.FirstOrDefault(candidate => candidate.Contains(address));
        return _names.FunctionAt(address, module?.Base)
            ?? (module is null ? null : new Symbol(module.Name, null, address - module.Base, IsExport: false));
    }
}

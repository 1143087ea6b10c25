using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Recordings.Json;

namespace KCallbacks.Recordings;

/// <summary>
/// Decorates a view of a process and records every question with its answer. Threads judged through it can be judged again
/// from a recording, because a recording needs exactly these answers. Safe to use from several threads if the process is.
/// </summary>
/// <param name="process">The process that answers.</param>
public sealed class ProcessRecorder(IProcessView process) : IProcessView
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<ulong, Symbol> _symbols = [];
    private readonly SortedDictionary<string, FunctionRecord> _functions = new(StringComparer.Ordinal);
    private readonly SortedDictionary<ulong, byte[]> _memory = [];

    /// <summary>The process itself, for what is read and not to be remembered.</summary>
    public IProcessView Process => process;

    /// <inheritdoc/>
    public Architecture Architecture => process.Architecture;

    /// <inheritdoc/>
    public int? WindowsBuild => process.WindowsBuild;

    /// <inheritdoc/>
    public bool IsWine => process.IsWine;

    /// <inheritdoc/>
    public ImmutableArray<Module> Modules => process.Modules;

    /// <inheritdoc/>
    public ulong? ProcessEnvironmentBlock => process.ProcessEnvironmentBlock;

    /// <inheritdoc/>
    public bool TryRead(ulong address, Span<byte> destination)
    {
        if (!process.TryRead(address, destination))
            return false;

        lock (_lock)
        {
            if (!_memory.TryGetValue(address, out byte[]? known) || known.Length < destination.Length)
                _memory[address] = destination.ToArray();
        }

        return true;
    }

    /// <inheritdoc/>
    public Symbol? FindSymbol(ulong address)
    {
        Symbol? symbol = process.FindSymbol(address);
        if (symbol is null)
            return null;

        lock (_lock)
            _symbols[address] = symbol.Value;
        return symbol;
    }

    /// <inheritdoc/>
    public ulong? FindFunction(string module, string function)
    {
        ulong? address = process.FindFunction(module, function);
        if (address is null)
            return null;

        lock (_lock)
            _functions[$"{module}!{function}"] = new FunctionRecord(module, function, address.Value);
        return address;
    }

    /// <summary>What was asked and answered so far.</summary>
    internal ProcessRecord Record()
    {
        lock (_lock)
        {
            return new ProcessRecord
            {
                Architecture = Architecture,
                WindowsBuild = WindowsBuild,
                IsWine = IsWine,
                ProcessEnvironmentBlock = ProcessEnvironmentBlock,
                Modules = Modules.IsDefault ? [] : Modules,
                Functions = [.. _functions.Values],
                Symbols = [.. _symbols.Select(symbol => new SymbolRecord(symbol.Key, symbol.Value))],
                Memory = [.. _memory.Select(range => new MemoryRecord(range.Key, range.Value))],
            };
        }
    }
}

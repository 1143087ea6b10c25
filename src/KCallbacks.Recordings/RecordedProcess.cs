using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Recordings.Json;

namespace KCallbacks.Recordings;

/// <summary>A process as a recording knows it: it gives the answers that the live process gave, and none to other questions.</summary>
internal sealed class RecordedProcess : IProcessView
{
    private readonly ProcessRecord _record;
    private readonly Dictionary<ulong, Symbol> _symbols = [];
    private readonly Dictionary<(string Module, string Function), ulong> _functions = [];
    private readonly ImmutableArray<MemoryRecord> _memory;

    public RecordedProcess(ProcessRecord record)
    {
        _record = record;
        foreach (SymbolRecord symbol in OrEmpty(record.Symbols))
            _symbols[symbol.Address] = symbol.Symbol;
        foreach (FunctionRecord function in OrEmpty(record.Functions))
            _functions[(function.Module, function.Function)] = function.Address;
        _memory = OrEmpty(record.Memory);
        Modules = OrEmpty(record.Modules);
    }

    public Architecture Architecture => _record.Architecture;

    public int? WindowsBuild => _record.WindowsBuild;

    public bool IsWine => _record.IsWine;

    public ImmutableArray<Module> Modules { get; }

    public ulong? ProcessEnvironmentBlock => _record.ProcessEnvironmentBlock;

    public bool TryRead(ulong address, Span<byte> destination)
    {
        foreach (MemoryRecord range in _memory)
        {
            ulong offset = address - range.Address;
            if (address < range.Address || offset > (ulong)range.Bytes.Length || (ulong)range.Bytes.Length - offset < (ulong)destination.Length)
                continue;
            range.Bytes.Span.Slice((int)offset, destination.Length).CopyTo(destination);
            return true;
        }

        return false;
    }

    public Symbol? FindSymbol(ulong address) => _symbols.TryGetValue(address, out Symbol symbol) ? symbol : null;

    public ulong? FindFunction(string module, string function) =>
        _functions.TryGetValue((module, function), out ulong address) ? address : null;

    /// <summary>A recording edited by hand may lack the list, or hold null in it.</summary>
    private static ImmutableArray<T> OrEmpty<T>(ImmutableArray<T> items)
        where T : class => items.IsDefault ? [] : [.. items.Where(item => item is not null)];
}

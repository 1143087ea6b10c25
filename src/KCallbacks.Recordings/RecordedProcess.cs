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
    private readonly RecordedMemory _memory;

    public RecordedProcess(ProcessRecord record)
    {
        _record = record;
        foreach (SymbolRecord symbol in record.Symbols)
            _symbols[symbol.Address] = symbol.Symbol;
        foreach (FunctionRecord function in record.Functions)
            _functions[(function.Module, function.Function)] = function.Address;
        _memory = new RecordedMemory(record.Memory);
        Modules = record.Modules;
    }

    public Architecture Architecture => _record.Architecture;

    public int? WindowsBuild => _record.WindowsBuild;

    public bool IsWine => _record.IsWine;

    public ImmutableArray<Module> Modules { get; }

    public ulong? ProcessEnvironmentBlock => _record.ProcessEnvironmentBlock;

    public bool TryRead(ulong address, Span<byte> destination) => _memory.TryRead(address, destination);

    public Symbol? FindSymbol(ulong address) => _symbols.TryGetValue(address, out Symbol symbol) ? symbol : null;

    public ulong? FindFunction(string module, string function) =>
        _functions.TryGetValue((module, function), out ulong address) ? address : null;
}

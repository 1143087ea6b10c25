using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Recordings.Json;

/// <summary>What a process answered while its threads were judged; see docs/recording-format.md.</summary>
internal sealed record ProcessRecord
{
    public Architecture Architecture { get; init; }

    public int? WindowsBuild { get; init; }

    public bool IsWine { get; init; }

    public ulong? ProcessEnvironmentBlock { get; init; }

    public uint? ProcessId { get; init; }

    /// <summary>When the threads stood as they were recorded: seconds since the beginning of 1970, UTC.</summary>
    public uint? Made { get; init; }

    public ImmutableArray<Module> Modules { get; init; } = [];

    /// <summary>Addresses of functions that were asked for and found.</summary>
    public ImmutableArray<FunctionRecord> Functions { get; init; } = [];

    /// <summary>Symbols of addresses that were asked for and found.</summary>
    public ImmutableArray<SymbolRecord> Symbols { get; init; } = [];

    /// <summary>Memory that was asked for and could be read.</summary>
    public ImmutableArray<MemoryRecord> Memory { get; init; } = [];
}

/// <summary>The address of <c>module!function</c>.</summary>
internal sealed record FunctionRecord(string Module, string Function, ulong Address);

/// <summary>The symbol at an address.</summary>
internal sealed record SymbolRecord(ulong Address, Symbol Symbol);

/// <summary>Bytes of the process.</summary>
internal sealed record MemoryRecord(ulong Address, ReadOnlyMemory<byte> Bytes);

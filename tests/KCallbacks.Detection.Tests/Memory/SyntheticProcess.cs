using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Tests.Memory;

/// <summary>A process made of the modules, functions, symbols and memory that a test gives it.</summary>
public sealed class SyntheticProcess : IProcessView
{
    private readonly Dictionary<string, ulong> _functions = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<ulong, string> _symbols = [];
    private readonly SortedDictionary<ulong, byte[]> _memory = [];
    private readonly SortedDictionary<ulong, ulong> _functionSizes = [];

    public Architecture Architecture { get; init; } = Architecture.X64;

    public int? WindowsBuild { get; init; } = WindowsX64.Build;

    public bool IsWine { get; init; }

    public ImmutableArray<Module> Modules { get; init; } = [];

    public ulong? ProcessEnvironmentBlock { get; init; }

    /// <summary>Whether symbols are told to come from export tables.</summary>
    public bool HasExportsOnly { get; init; }

    /// <summary>Names an address, so that it is found both ways.</summary>
    public SyntheticProcess WithFunction(string name, ulong address)
    {
        _functions[name] = address;
        return WithSymbol(name, address);
    }

    /// <summary>Names an address that no export leads to, as a label of a program database does.</summary>
    public SyntheticProcess WithSymbol(string name, ulong address)
    {
        _symbols[address] = name;
        return this;
    }

    public SyntheticProcess WithMemory(ulong address, params byte[] bytes)
    {
        _memory[address] = bytes;
        return this;
    }

    /// <summary>Unwind data of a function.</summary>
    public SyntheticProcess WithFunctionStart(ulong start, ulong size)
    {
        _functionSizes[start] = size;
        return this;
    }

    public ulong? FindFunctionStart(ulong address)
    {
        (ulong start, ulong size) = _functionSizes.LastOrDefault(function => function.Key <= address);
        return size != 0 && address - start < size ? start : null;
    }

    public bool TryRead(ulong address, Span<byte> destination)
    {
        foreach ((ulong start, byte[] bytes) in _memory)
        {
            if (address < start || address - start > (ulong)bytes.Length || (ulong)bytes.Length - (address - start) < (ulong)destination.Length)
                continue;
            bytes.AsSpan((int)(address - start), destination.Length).CopyTo(destination);
            return true;
        }

        return false;
    }

    public Symbol? FindSymbol(ulong address)
    {
        if (Modules.FirstOrDefault(module => module.Contains(address)) is not { } module)
            return null;
        (ulong start, string? name) = _symbols.LastOrDefault(symbol => symbol.Key <= address && module.Contains(symbol.Key));
        return name is null
            ? new Symbol(module.Name, null, address - module.Base, IsExport: false)
            : NearestExport.Judge(
                new Symbol(module.Name, name[(name.IndexOf('!', StringComparison.Ordinal) + 1)..], address - start, HasExportsOnly), address, module.Base, this);
    }

    public ulong? FindFunction(string module, string function) =>
        _functions.TryGetValue($"{module}!{function}", out ulong address) ? address : null;
}

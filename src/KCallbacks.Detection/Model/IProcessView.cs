using System.Collections.Immutable;

namespace KCallbacks.Detection.Model;

/// <summary>What a target can say of the process whose threads are judged. Every answer may be "not known".</summary>
public interface IProcessView
{
    /// <summary>Architecture of the process's own code.</summary>
    Architecture Architecture { get; }

    /// <summary>Windows build number, for example 19041; null when not known.</summary>
    int? WindowsBuild { get; }

    /// <summary>Whether the process runs under Wine, whose dispatcher has a layout of its own.</summary>
    bool IsWine { get; }

    /// <summary>Loaded modules; empty when not known.</summary>
    ImmutableArray<Module> Modules { get; }

    /// <summary>Address of the process environment block; null when not known.</summary>
    ulong? ProcessEnvironmentBlock { get; }

    /// <summary>Reads memory of the process; false unless every byte could be read.</summary>
    bool TryRead(ulong address, Span<byte> destination);

    /// <summary>The symbol at or before an address; null when there is none.</summary>
    Symbol? FindSymbol(ulong address);

    /// <summary>
    /// Start of the function that holds an address, by the unwind data of its image; null where there is none, as for leaf functions
    /// and on x86, or it is not readable.
    /// </summary>
    ulong? FindFunctionStart(ulong address) => null;

    /// <summary>The address of <c>module!function</c>, by symbol or export; null when there is none.</summary>
    ulong? FindFunction(string module, string function);
}

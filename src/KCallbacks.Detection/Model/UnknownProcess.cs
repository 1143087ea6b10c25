using System.Collections.Immutable;

namespace KCallbacks.Detection.Model;

/// <summary>A process of which nothing is known but, at most, its architecture: the view of stacks that were only printed.</summary>
/// <param name="architecture">The architecture, where the text tells it.</param>
public class UnknownProcess(Architecture architecture = Architecture.Unknown) : IProcessView
{
    /// <inheritdoc/>
    public virtual Architecture Architecture => architecture;

    /// <inheritdoc/>
    public int? WindowsBuild => null;

    /// <inheritdoc/>
    public bool IsWine => false;

    /// <inheritdoc/>
    public ImmutableArray<Module> Modules => [];

    /// <inheritdoc/>
    public ulong? ProcessEnvironmentBlock => null;

    /// <inheritdoc/>
    public bool TryRead(ulong address, Span<byte> destination) => false;

    /// <inheritdoc/>
    public Symbol? FindSymbol(ulong address) => null;

    /// <inheritdoc/>
    public ulong? FindFunction(string module, string function) => null;
}

using System.Collections.Immutable;
using KCallbacks.Detection;
using KCallbacks.Recordings.Text.Threads;

namespace KCallbacks.Recordings.Text;

/// <summary>The process behind printed stacks: nothing is known but the architecture, as far as the lines read so far tell it.</summary>
internal sealed class PrintedProcess(TargetTraits target) : IProcessView
{
    public Architecture Architecture => target.Architecture;

    public int? WindowsBuild => null;

    public bool IsWine => false;

    public ImmutableArray<Module> Modules => [];

    public ulong? ProcessEnvironmentBlock => null;

    public bool TryRead(ulong address, Span<byte> destination) => false;

    public Symbol? FindSymbol(ulong address) => null;

    public ulong? FindFunction(string module, string function) => null;
}

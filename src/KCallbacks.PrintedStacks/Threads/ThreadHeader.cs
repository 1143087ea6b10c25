using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>What the line that introduces a thread says of it.</summary>
internal sealed record ThreadHeader
{
    /// <summary>The id as the source prints it; null when it prints none.</summary>
    public string? Printed { get; init; }

    public uint? EngineId { get; init; }

    public uint? SystemId { get; init; }

    /// <summary>The process, where the line names it.</summary>
    public uint? ProcessId { get; init; }

    /// <summary>Digits of the widest address on the line; 0 when there is none.</summary>
    public int AddressDigits { get; init; }

    /// <summary>What a kernel debugger says of the thread; null elsewhere.</summary>
    public KernelState? Kernel { get; init; }

    /// <summary>Whether the text can only be a part of the thread's stack (<c>!stacks</c> prints the blocking frame alone).</summary>
    public bool IsExcerpt { get; init; }

    /// <summary>Whether the line may mean something else, or only says which thread is looked at from now on: without frames it is no thread.</summary>
    public bool NeedsFrames { get; init; }

    /// <summary>Further threads that have the same stack, by their ids as printed.</summary>
    public ImmutableArray<string> Others { get => field.IsDefault ? [] : field; init; }

    /// <summary>Whether the debugger prints such lines also without stacks, to say which thread has which id.</summary>
    public bool IsListed { get; init; }

    /// <summary>Whether the line is a row of such a list: without frames it is no thread.</summary>
    public bool IsRow { get; init; }

    /// <summary>Whether the line says which thread is looked at from now on (<c>.thread</c>).</summary>
    public bool Selects { get; init; }

    /// <summary>Why the debugger prints no frames; null when it says nothing of the sort.</summary>
    public string? Problem { get; init; }

    /// <summary>The ids of the thread; its position is given when it is handed over.</summary>
    public ThreadIdentity ToIdentity() => new(Position: 0, Printed, EngineId, SystemId);
}

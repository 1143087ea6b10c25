using System.Collections.Immutable;

namespace KCallbacks.Detection.Model;

/// <summary>Everything a target hands over about one thread; the detection engine's only input per thread.</summary>
public sealed record ThreadStack
{
    /// <summary>How the source names the thread.</summary>
    public required ThreadIdentity Thread { get; init; }

    /// <summary>Frames, innermost first.</summary>
    public ImmutableArray<StackFrame> Frames { get; init; } = [];

    /// <summary>How far <see cref="Frames"/> go.</summary>
    public WalkExtent Walk { get; init; }

    /// <summary>Where and why the walk ended before the thread's start; null when it did not, or when nobody tells.</summary>
    public string? WalkEnd { get; init; }

    /// <summary>Which of its frames are missing, besides those at the outer end.</summary>
    public MissingFrames Missing { get; init; }

    /// <summary>Why there are no frames or no memory, in the target's words; null when nothing went wrong.</summary>
    public string? Problem { get; init; }

    /// <summary>The thread's user-mode instruction pointer; 0 when its context was not read.</summary>
    public ulong InstructionPointer { get; init; }

    /// <summary>The thread's user-mode stack pointer; 0 when its context was not read.</summary>
    public ulong StackPointer { get; init; }

    /// <summary>The thread's EBP, through which x86 code links its frames; 0 on other architectures, or when its context was not read.</summary>
    public ulong FramePointer { get; init; }

    /// <summary>The thread's preserved user-mode registers; null unless it runs x64 code and they were read.</summary>
    public X64Registers? Registers { get; init; }

    /// <summary>What its registers hold of a system call; null unless it runs x64 code and they were read.</summary>
    public X64CallRegisters? CallRegisters { get; init; }

    /// <summary>Address of the thread's environment block, that of the half whose stack this is; null when not known.</summary>
    public ulong? EnvironmentBlock { get; init; }

    /// <summary>The thread's user stack from its stack pointer up; null when it was not read.</summary>
    public StackMemory? Memory { get; init; }

    /// <summary>What kernel structures say; null in user-mode sessions.</summary>
    public KernelState? Kernel { get; init; }

    /// <summary>What the .NET runtime of the process tells of the thread; null where it has none, or was not asked.</summary>
    public ManagedStack? Managed { get; init; }

    /// <summary>The 32-bit half of a WoW64 thread when both halves are known; never added to the depth of this half.</summary>
    public ThreadStack? Wow64Half { get; init; }

    /// <summary>True for a stack kept from the past (heap or leak trace), which says nothing of a live thread.</summary>
    public bool IsHistoric { get; init; }

    /// <summary>Bytes of its stack that were read, of both halves where it has two.</summary>
    public int MemorySize() => (Memory?.Bytes.Length ?? 0) + (Wow64Half?.MemorySize() ?? 0);

    /// <summary>The thread without the bytes of its stack, which may be megabytes: as much as a report shows.</summary>
    public ThreadStack WithoutMemory() => this with { Memory = null, Wow64Half = Wow64Half?.WithoutMemory() };
}

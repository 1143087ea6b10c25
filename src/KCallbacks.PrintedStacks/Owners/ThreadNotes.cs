using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>What the text says of a thread besides its frames, as far as waits are concerned.</summary>
internal sealed class ThreadNotes(Scope scope)
{
    /// <summary>A stack has few frames whose arguments tell a lock, a handle or a window.</summary>
    private const int MostArguments = 64;

    private readonly List<FrameArguments> _arguments = [];
    private readonly List<NotedWait> _waits = [];

    /// <summary>More than a kernel's thread structure has bytes.</summary>
    private const ulong StructureSize = 0x1000;

    public Scope Scope => scope;

    /// <summary>Address of the kernel's structure; null where the text does not name the thread by it.</summary>
    public ulong? KernelAddress { get; init; }

    /// <summary>The arguments printed with frames that wait or handle messages, innermost first.</summary>
    public IReadOnlyList<FrameArguments> Arguments => _arguments;

    /// <summary>What lines around the stack say it waits for.</summary>
    public IReadOnlyList<NotedWait> Waits => _waits;

    /// <summary>Whether lines say that the wait has a time-out.</summary>
    public bool HasTimeout { get; set; }

    /// <summary>Whether an object lies in the thread's own structure, as the timer does that limits a wait.</summary>
    public bool Holds(ulong address) => KernelAddress is { } start && address - start < StructureSize;

    public void Add(in StackFrame frame, ImmutableArray<ulong> arguments, bool is32Bit)
    {
        if (_arguments.Count < MostArguments)
            _arguments.Add(new FrameArguments(frame, arguments, is32Bit));
    }

    public void Add(NotedWait wait)
    {
        if (_waits.Count < MostArguments)
            _waits.Add(wait);
    }

    /// <summary>Of two prints of one thread the later one counts, where it says anything.</summary>
    public static ThreadNotes Merge(ThreadNotes earlier, ThreadNotes later)
    {
        if (later._waits.Count == 0 && earlier.Scope == later.Scope)
        {
            later._waits.AddRange(earlier._waits);
            later.HasTimeout |= earlier.HasTimeout;
        }

        if (later._arguments.Count == 0 && earlier.Scope == later.Scope)
            later._arguments.AddRange(earlier._arguments);
        return later;
    }
}

/// <summary>The arguments that a debugger prints with a frame.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Values">The first three or four.</param>
/// <param name="Is32Bit">Whether they lie on the stack of x86 code, where they are arguments; else they are words of the frame's home slots.</param>
internal readonly record struct FrameArguments(StackFrame Frame, ImmutableArray<ulong> Values, bool Is32Bit);

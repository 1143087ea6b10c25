using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Waits;

/// <summary>What a target hands over of one thread, to learn what it waits for. Everything but the stack may be missing.</summary>
internal sealed record WaitInput
{
    /// <summary>The thread: frames, instruction and stack pointer, memory, preserved registers.</summary>
    public required ThreadStack Stack { get; init; }

    /// <summary>The callbacks found on the thread, to tell whose a sent message is; null when it was not judged.</summary>
    public ThreadFinding? Finding { get; init; }

    /// <summary>The first arguments of the system call where a text prints them, as debuggers do for x86 code; empty elsewhere.</summary>
    public ImmutableArray<ulong> PrintedArguments { get; init; } = [];

    /// <summary>The first argument of the system call where the kernel keeps it; null elsewhere.</summary>
    public ulong? FirstArgument { get; init; }

    /// <summary>Whether the kernel says that the thread waits by address, so that its code need not be looked at.</summary>
    public bool WaitsByAddress { get; init; }

    /// <summary>Whether the thread writes the dump, so that waits for it are of the dump's own making.</summary>
    public bool WritesDump { get; init; }
}

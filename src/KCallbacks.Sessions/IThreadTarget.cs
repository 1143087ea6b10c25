using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Sessions;

/// <summary>The threads of one process, as a session shows them.</summary>
public interface IThreadTarget
{
    /// <summary>The process.</summary>
    IProcessView Process { get; }

    /// <summary>Its threads in the session's order.</summary>
    ImmutableArray<ThreadIdentity> Threads { get; }

    /// <summary>Reads the stack memory of a thread without its registers, where that is cheaper than <see cref="Read"/>.</summary>
    /// <param name="thread">One of <see cref="Threads"/>.</param>
    /// <returns>Memory that may begin below the stack pointer; null when only <see cref="Read"/> can tell.</returns>
    StackMemory? ReadMemory(ThreadIdentity thread) => null;

    /// <summary>Reads registers and stack memory of a thread, which is cheap. Never throws for what the target lacks.</summary>
    /// <param name="thread">One of <see cref="Threads"/>.</param>
    /// <param name="memory">What <see cref="ReadMemory"/> returned, so that it is not read again; null when that was not asked.</param>
    /// <returns>A stack without frames; <see cref="ThreadStack.Problem"/> says what could not be read.</returns>
    ThreadStack Read(ThreadIdentity thread, StackMemory? memory);

    /// <summary>Adds the frames.</summary>
    /// <param name="stack">What <see cref="Read"/> returned.</param>
    /// <param name="byEngine">Whether the engine must walk, which costs ten times as much as a read, even where unwind data is at hand.</param>
    ThreadStack Walk(ThreadStack stack, bool byEngine);
}

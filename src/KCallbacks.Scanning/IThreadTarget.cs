using System.Collections.Immutable;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Scanning;

/// <summary>The threads of one process, as a session or a dump shows them. <see cref="ThreadScanner"/> decides what is asked of them.</summary>
public interface IThreadTarget
{
    /// <summary>The process.</summary>
    IProcessView Process { get; }

    /// <summary>Its threads in the target's order.</summary>
    ImmutableArray<ThreadIdentity> Threads { get; }

    /// <summary>Whether its threads tell what they wait for: not where only their user halves are at hand, or only text.</summary>
    bool TellsWaits => false;

    /// <summary>Whether it is a dump, which one of its threads may have written.</summary>
    bool IsDump => false;

    /// <summary>System id of the thread that wrote the dump; null where none is named.</summary>
    uint? DumpWriter => null;

    /// <summary>The process's handles; null where the target has none.</summary>
    IHandleView? Handles => null;

    /// <summary>Whose windows are, where the target knows that better than the process's memory; null where it does not.</summary>
    IWindowView? Windows => null;

    /// <summary>Hands over who says whether the user wants to stop, for what takes long within one thread.</summary>
    /// <param name="isCancelled">Asked before such a step; where it says yes the target throws <see cref="OperationCanceledException"/>.</param>
    void StopWhen(Func<bool> isCancelled)
    {
    }

    /// <summary>What is known of a thread since it was listed: where there is a kernel, its count of callbacks.</summary>
    /// <param name="thread">One of <see cref="Threads"/>.</param>
    ThreadStack Know(ThreadIdentity thread) => new() { Thread = thread };

    /// <summary>Reads the stack memory of a thread without its registers, where that is cheaper than <see cref="Read"/>.</summary>
    /// <param name="thread">One of <see cref="Threads"/>.</param>
    /// <returns>
    /// Memory that may begin below the stack pointer, and whose bytes the next call may overwrite; null when only <see cref="Read"/> can tell.
    /// </returns>
    StackMemory? ReadMemory(ThreadIdentity thread) => null;

    /// <summary>Reads registers and environment block of a thread without its stack, where that is cheaper than <see cref="Read"/>.</summary>
    /// <param name="thread">One of <see cref="Threads"/>.</param>
    /// <param name="memory">What <see cref="ReadMemory"/> returned.</param>
    /// <returns>A stack with that memory and without frames; null when only <see cref="Read"/> can tell.</returns>
    ThreadStack? ReadRegisters(ThreadIdentity thread, StackMemory? memory) => null;

    /// <summary>Adds registers and stack memory, which is cheap. Never throws for what the target lacks.</summary>
    /// <param name="known">What <see cref="Know"/> returned.</param>
    /// <param name="memory">What <see cref="ReadMemory"/> returned, so that it is not read again; null when that was not asked.</param>
    /// <returns>A stack without frames; <see cref="ThreadStack.Problem"/> says what could not be read.</returns>
    ThreadStack Read(ThreadStack known, StackMemory? memory);

    /// <summary>Adds the frames, and stack memory where only a walk finds the stack pointer.</summary>
    /// <param name="stack">What <see cref="Read"/> returned.</param>
    /// <param name="memory">What that memory shows.</param>
    /// <param name="byDebugger">Whether a debugger must walk, which costs ten times as much as a read, even where unwind data is at hand.</param>
    ThreadStack Walk(ThreadStack stack, MemoryEvidence memory, bool byDebugger);

    /// <summary>Adds the innermost frames by the cheapest way, whether or not the walk leads to the thread's start.</summary>
    /// <param name="stack">What <see cref="Read"/> returned.</param>
    ThreadStack WalkInnermost(ThreadStack stack) => Walk(stack, default, byDebugger: false);

    /// <summary>What the .NET runtime of the process tells of a thread; asked only of threads that need it.</summary>
    /// <param name="thread">One of <see cref="Threads"/>.</param>
    /// <returns>Null where the process has no runtime, or the target cannot ask it; <see cref="ManagedProblem"/> says why.</returns>
    ManagedStack? ReadManaged(ThreadIdentity thread) => null;

    /// <summary>Why the runtime of the process could not be asked: one sentence without a full stop; null when it could, or was not to be.</summary>
    string? ManagedProblem => null;
}

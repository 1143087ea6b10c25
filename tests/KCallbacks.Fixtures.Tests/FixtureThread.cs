using KCallbacks.Detection.Model;
using KCallbacks.Fixtures.Minidumps;
using KCallbacks.Fixtures.Stacks;

namespace KCallbacks.Fixtures.Tests;

/// <summary>A thread of a composed dump, as a target hands it over.</summary>
internal static class FixtureThread
{
    /// <summary>The stack from the stack pointer up, as far as the dump holds it. Generated threads preserve nothing in registers.</summary>
    public static ThreadStack StackOf(UserThread thread) => new()
    {
        Thread = new ThreadIdentity(0, SystemId: thread.SystemId),
        InstructionPointer = thread.Stack.InstructionPointer,
        StackPointer = thread.Stack.StackPointer,
        FramePointer = thread.Stack.FramePointer,
        Registers = thread.Stack.FramePointer == 0 ? default(X64Registers) : null,
        Memory = thread.Captured is { } captured ? FromStackPointer(captured, thread.Stack) : null,
        Problem = thread.Captured is null ? "the stack could not be read" : null,
    };

    /// <summary>Whether an unwinder with all images finds every frame.</summary>
    public static bool IsWhole(UserThread thread) =>
        thread.Captured is not null && !thread.Expected.IsAtLeast && !thread.Plan.Entries.Any(entry => entry is UnknownCode);

    private static StackMemory FromStackPointer(MemoryRange captured, ComposedStack stack)
    {
        ReadOnlyMemory<byte> live = captured.Bytes[(int)(stack.StackPointer - captured.Address)..];
        return new StackMemory(stack.StackPointer, live, IsComplete: stack.StackPointer + (ulong)live.Length == stack.StackBase);
    }
}

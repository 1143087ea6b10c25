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
        // A thread that runs 32-bit code shows the registers of that half.
        InstructionPointer = thread.Plan.Wow64Half is { Runs: true } ? 0 : thread.Stack.InstructionPointer,
        StackPointer = thread.Stack.StackPointer,
        Wow64Half = thread is { Plan.Wow64Half.IsReadable: true, Emulated: { } emulated } ? HalfOf(thread, emulated) : null,
        FramePointer = thread.Stack.FramePointer,
        Registers = thread.Stack.FramePointer == 0 ? default(X64Registers) : null,
        Memory = thread is { Captured: { } captured, Plan.Wow64Half: not { HidesNative: true } } ? FromStackPointer(captured, thread.Stack) : null,
        Problem = thread.Captured is null ? "the stack could not be read" : null,
    };

    private static ThreadStack HalfOf(UserThread thread, ComposedStack half) => new()
    {
        Thread = new ThreadIdentity(0, SystemId: thread.SystemId),
        InstructionPointer = half.InstructionPointer,
        StackPointer = half.StackPointer,
        FramePointer = half.FramePointer,
        Memory = new StackMemory(half.StackPointer, half.Live, IsComplete: true),
    };

    /// <summary>Whether an unwinder with all images finds every frame of the half that its registers belong to.</summary>
    public static bool IsWhole(UserThread thread) =>
        thread.Captured is not null && thread.Plan.Wow64Half is not { Runs: true } && !thread.Expected.IsAtLeast && !thread.Plan.Entries.Any(entry => entry is UnknownCode);

    private static StackMemory FromStackPointer(MemoryRange captured, ComposedStack stack)
    {
        ReadOnlyMemory<byte> live = captured.Bytes[(int)(stack.StackPointer - captured.Address)..];
        return new StackMemory(stack.StackPointer, live, IsComplete: stack.StackPointer + (ulong)live.Length == stack.StackBase);
    }
}

using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning;

/// <summary>Where the stack memory lies that a thread was judged by. The bytes can be read again, so that those of all threads need not be kept.</summary>
/// <param name="Address">Address of the first byte.</param>
/// <param name="Length">Bytes that were read.</param>
/// <param name="IsComplete">Whether they reach the base of the stack.</param>
public sealed record StackExtent(ulong Address, int Length, bool IsComplete)
{
    /// <summary>That of the 32-bit half of a WoW64 thread; null where it has none.</summary>
    public StackExtent? Wow64Half { get; init; }

    /// <summary>The extent of a thread's memory; null where neither half has any.</summary>
    internal static StackExtent? Of(ThreadStack thread)
    {
        StackExtent? half = thread.Wow64Half is { } other ? Of(other) : null;
        return thread.Memory is { } memory ? new(memory.Address, memory.Bytes.Length, memory.IsComplete) { Wow64Half = half }
            : half is null ? null
            : new(0, 0, IsComplete: false) { Wow64Half = half };
    }

    /// <summary>A thread with this memory, read again; without it, and the reason, when it cannot be read any more.</summary>
    internal ThreadStack ReadAgain(ThreadStack stack, IProcessView process)
    {
        if (Wow64Half is { } half && stack.Wow64Half is { } other)
            stack = stack with { Wow64Half = half.ReadAgain(other, process) };
        if (Length == 0)
            return stack;
        byte[] bytes = new byte[Length];
        return process.TryRead(Address, bytes)
            ? stack with { Memory = new StackMemory(Address, bytes, IsComplete) }
            : stack with { Problem = stack.Problem ?? "the thread's stack could not be read a second time" };
    }
}

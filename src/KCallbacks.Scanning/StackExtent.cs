using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning;

/// <summary>Where the stack memory lies that a thread was judged by. The bytes can be read again, so that those of all threads need not be kept.</summary>
/// <param name="Address">Address of the first byte.</param>
/// <param name="Length">Bytes that were read.</param>
/// <param name="IsComplete">Whether they reach the base of the stack.</param>
public sealed record StackExtent(ulong Address, int Length, bool IsComplete)
{
    /// <summary>The extent of memory; null for none.</summary>
    internal static StackExtent? Of(StackMemory? memory) => memory is null ? null : new(memory.Address, memory.Bytes.Length, memory.IsComplete);

    /// <summary>A thread with this memory, read again; without it, and the reason, when it cannot be read any more.</summary>
    internal ThreadStack ReadAgain(ThreadStack stack, IProcessView process)
    {
        byte[] bytes = new byte[Length];
        return process.TryRead(Address, bytes)
            ? stack with { Memory = new StackMemory(Address, bytes, IsComplete) }
            : stack with { Problem = stack.Problem ?? "the thread's stack could not be read a second time" };
    }
}

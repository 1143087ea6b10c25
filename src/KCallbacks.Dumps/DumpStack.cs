using KCallbacks.Detection.Model;
using KCallbacks.Dumps.Format;

namespace KCallbacks.Dumps;

/// <summary>Reads a thread's stack from its stack pointer to the stack's base.</summary>
/// <param name="content">The dump.</param>
/// <param name="thread">The thread.</param>
internal sealed class DumpStack(MinidumpContent content, ListedThread thread)
{
    /// <summary>Windows reserves stacks in multiples of its allocation granularity, so their bases are multiples too.</summary>
    private const ulong Granularity = 0x1_0000;

    /// <summary>Far above any stack that is not an endless recursion.</summary>
    private const ulong Largest = 16 << 20;

    private const int FirstStep = 0x1_0000;

    /// <summary>The stack; null when not even its first bytes are in the dump.</summary>
    /// <param name="stackPointer">Where to begin.</param>
    /// <param name="stackBase">Where the TEB says it ends; null when the dump has no TEB, as small minidumps.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    public StackMemory? Read(ulong stackPointer, ulong? stackBase)
    {
        ulong? listedEnd = Lists(stackPointer) && (thread.StackStart + thread.Stack.Size) % Granularity == 0 ? thread.StackStart + thread.Stack.Size : null;
        ulong? end = Within(stackBase, stackPointer) ?? Within(listedEnd, stackPointer);
        ulong most = end is { } known ? known - stackPointer : Math.Min(Largest, ulong.MaxValue - stackPointer);
        byte[] bytes = ReadAll(stackPointer, most);
        if (bytes.Length == 0)
            return null;
        ulong reached = stackPointer + (ulong)bytes.Length;
        return new StackMemory(stackPointer, bytes, end is null ? reached % Granularity == 0 : reached == end);
    }

    private static ulong? Within(ulong? end, ulong stackPointer) => end > stackPointer && end - stackPointer <= Largest ? end : null;

    /// <summary>Whether the stack that the dump lists for the thread has an address.</summary>
    private bool Lists(ulong address) => address >= thread.StackStart && address - thread.StackStart < thread.Stack.Size;

    /// <summary>Reads in growing steps, because of most stacks the dump holds far less than could be asked for.</summary>
    private byte[] ReadAll(ulong start, ulong most)
    {
        byte[] bytes = new byte[(int)Math.Min(most, FirstStep)];
        int done = 0;
        while (true)
        {
            done += Read(start + (ulong)done, bytes.AsSpan(done));
            if (done < bytes.Length || (ulong)done == most)
                return done == bytes.Length ? bytes : bytes[..done];
            Array.Resize(ref bytes, (int)Math.Min(most, 2ul * (ulong)bytes.Length));
        }
    }

    /// <summary>
    /// The thread's own stack goes before a stretch of memory that was added to the dump, which may be older. A dump of the whole memory
    /// holds it there alone: the thread's entry says how long it is, and lies at 0 of the file.
    /// </summary>
    private int Read(ulong address, Span<byte> destination)
    {
        if (thread.Stack.Offset == 0 || !Lists(address))
            return content.Memory.Read(address, destination);
        ulong offset = address - thread.StackStart;
        int own = (int)Math.Min((ulong)destination.Length, thread.Stack.Size - offset);
        int read = content.File.Read(thread.Stack.Offset + offset, destination[..own]);
        return read < own ? read : read + content.Memory.Read(address + (ulong)read, destination[read..]);
    }
}

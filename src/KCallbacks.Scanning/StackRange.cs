namespace KCallbacks.Scanning;

/// <summary>What a list of threads says of one thread's stack.</summary>
/// <param name="Start">Address of the first byte that was kept: the stack pointer, or a little below.</param>
/// <param name="Size">Bytes that were kept, as a rule up to the stack's base.</param>
/// <param name="Teb">Address of the TEB, which tells where the stack ends; 0 when not known.</param>
public readonly record struct StackRange(ulong Start, ulong Size, ulong Teb)
{
    /// <summary>Windows reserves stacks in multiples of its allocation granularity, so their bases are multiples too.</summary>
    internal const ulong Granularity = 0x1_0000;

    /// <summary>The address after the last byte where a stack may end there; null where none can.</summary>
    internal ulong? Base => Size != 0 && (Start + Size) % Granularity == 0 ? Start + Size : null;

    /// <summary>Whether an address lies in the range.</summary>
    internal bool Contains(ulong address) => address >= Start && address - Start < Size;
}

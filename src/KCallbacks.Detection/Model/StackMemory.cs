namespace KCallbacks.Detection.Model;

/// <summary>Bytes of a thread's user stack.</summary>
/// <param name="Address">Address of the first byte, normally the thread's stack pointer.</param>
/// <param name="Bytes">The bytes in ascending address order.</param>
/// <param name="IsComplete">True when the bytes are known to reach the base of the stack.</param>
public sealed record StackMemory(ulong Address, ReadOnlyMemory<byte> Bytes, bool IsComplete)
{
    /// <summary>The address after the last byte.</summary>
    public ulong End => Address + (ulong)Bytes.Length;

    /// <summary>The bytes from an address on; null when it is none of theirs.</summary>
    public StackMemory? From(ulong address)
    {
        ulong skipped = address - Address;
        return skipped < (ulong)Bytes.Length ? this with { Address = address, Bytes = Bytes[(int)skipped..] } : null;
    }

    /// <summary>The same with bytes of its own.</summary>
    public StackMemory Copy() => this with { Bytes = Bytes.ToArray() };
}

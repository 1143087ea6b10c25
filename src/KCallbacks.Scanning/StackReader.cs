using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Scanning;

/// <summary>Reads the user stack of a thread, from its stack pointer to the stack's base.</summary>
/// <param name="read">Reads the process's memory.</param>
/// <param name="cpu">The processor of the process.</param>
public sealed class StackReader(MemoryReader read, CpuLayout cpu)
{
    /// <summary>Far above any stack that is not an endless recursion; keeps a damaged TEB from costing gigabytes.</summary>
    private const int Largest = 16 << 20;

    private const int PageSize = 0x1000;

    private byte[] _peeked = [];

    /// <summary>Reads the stack; null when not even its first bytes can be read.</summary>
    /// <param name="stackPointer">Where it begins.</param>
    /// <param name="teb">The thread's TEB; null or 0 when not known, as in small minidumps.</param>
    /// <param name="listed">What a list of threads says of the stack; tells its base where the TEB is not there.</param>
    public StackMemory? Read(ulong stackPointer, ulong? teb, StackRange? listed = null)
    {
        if (teb is { } block && StackBase(block) is { } stackBase && ReadTo(stackBase, stackPointer) is { } whole)
            return whole;
        return listed is { Base: { } end } range && range.Contains(stackPointer) && ReadTo(end, stackPointer) is { } own ? own : ReadWhatIsThere(stackPointer);
    }

    /// <summary>
    /// Reads what a list of threads says the stack is; null when that is not the stack up to its base. The bytes are overwritten by
    /// the next call: of most threads nobody needs them any longer, and new memory for each would cost more than the reading.
    /// </summary>
    public StackMemory? Peek(StackRange listed)
    {
        if ((listed.Base ?? StackBase(listed.Teb)) is not { } end || SizeTo(end, listed.Start) is not { } size)
            return null;
        if (_peeked.Length < size)
            _peeked = GC.AllocateUninitializedArray<byte>(size);
        int filled = Fill(listed.Start, _peeked.AsSpan(0, size));
        return filled == 0 ? null : new StackMemory(listed.Start, _peeked.AsMemory(0, filled), filled == size);
    }

    private static int? SizeTo(ulong stackBase, ulong stackPointer) =>
        stackPointer < stackBase && stackBase - stackPointer <= Largest ? (int)(stackBase - stackPointer) : null;

    private StackMemory? ReadTo(ulong stackBase, ulong stackPointer)
    {
        if (SizeTo(stackBase, stackPointer) is not { } size)
            return null;
        // What is not read of it is cut off below; to blank megabytes first would cost as much as to search them.
        byte[] bytes = GC.AllocateUninitializedArray<byte>(size);
        int filled = Fill(stackPointer, bytes);
        if (filled == 0)
            return null;
        bool isComplete = filled == bytes.Length;
        // A copy of the part that was read: the rest would be kept as long as the part is.
        return new StackMemory(stackPointer, isComplete ? bytes : bytes[..filled], isComplete);
    }

    /// <summary>A reader may stop where one range of a dump ends, although the next begins there.</summary>
    private int Fill(ulong address, Span<byte> bytes)
    {
        int filled = 0;
        while (filled < bytes.Length && read(address + (ulong)filled, bytes[filled..]) is var more and > 0)
            filled += more;
        return filled;
    }

    /// <summary>Page by page until nothing more is there: minidumps have stacks but no TEBs.</summary>
    private StackMemory? ReadWhatIsThere(ulong stackPointer)
    {
        using var bytes = new MemoryStream();
        Span<byte> page = stackalloc byte[PageSize];
        ulong end = stackPointer;
        while (end - stackPointer < Largest)
        {
            Span<byte> rest = page[(int)(end % PageSize)..];
            int filled = read(end, rest);
            bytes.Write(rest[..filled]);
            end += (ulong)filled;
            if (filled < rest.Length)
                break;
        }

        return bytes.Length == 0 ? null : new StackMemory(stackPointer, bytes.ToArray(), IsComplete: end % StackRange.Granularity == 0);
    }

    /// <summary><c>NT_TIB.StackBase</c> of a thread; null when it cannot be read.</summary>
    private ulong? StackBase(ulong teb)
    {
        Span<byte> address = stackalloc byte[cpu.PointerSize];
        return teb != 0 && read(teb + cpu.StackBaseOffset, address) == address.Length ? cpu.ToAddress(address) : null;
    }
}

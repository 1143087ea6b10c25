using KCallbacks.Detection.Model;
using Microsoft.Diagnostics.Runtime;

namespace KCallbacks.Dumps;

/// <summary>Reads a thread's stack from its stack pointer to the stack's base.</summary>
internal static class DumpStack
{
    private const int PageSize = 0x1000;

    /// <summary>Windows reserves stacks in multiples of its allocation granularity, so their bases are multiples too.</summary>
    private const ulong Granularity = 0x10000;

    /// <summary>Far above any stack that is not an endless recursion.</summary>
    private const ulong Largest = 16 << 20;

    /// <summary>The stack; null when not even its first bytes are in the dump.</summary>
    /// <param name="reader">The dump.</param>
    /// <param name="stackPointer">Where to begin.</param>
    /// <param name="stackBase">Where the TEB says it ends; null when the dump has no TEB, as small minidumps.</param>
    public static StackMemory? Read(IMemoryReader reader, ulong stackPointer, ulong? stackBase)
    {
        bool isKnown = stackBase > stackPointer && stackBase - stackPointer <= Largest;
        using var bytes = new MemoryStream();
        Span<byte> page = stackalloc byte[PageSize];
        ulong end = stackPointer;
        ulong limit = isKnown ? stackBase!.Value : stackPointer + Largest;
        while (end < limit)
        {
            Span<byte> rest = page[..(int)Math.Min(PageSize - end % PageSize, limit - end)];
            int read = reader.Read(end, rest);
            if (read <= 0)
                break;

            bytes.Write(rest[..read]);
            end += (ulong)read;
            if (read < rest.Length)
                break;
        }

        return bytes.Length == 0 ? null : new StackMemory(stackPointer, bytes.ToArray(), isKnown ? end == limit : end % Granularity == 0);
    }
}

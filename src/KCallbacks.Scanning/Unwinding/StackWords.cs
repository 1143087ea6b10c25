using KCallbacks.Detection.Memory;

namespace KCallbacks.Scanning.Unwinding;

/// <summary>The 8-byte words of a stack.</summary>
internal readonly ref struct StackWords(StackBytes bytes)
{
    private readonly StackBytes _bytes = bytes;

    /// <summary>Reads a word; false when its address is not aligned or its memory is missing.</summary>
    public bool TryRead(ulong address, out ulong value)
    {
        value = 0;
        return address % sizeof(ulong) == 0 && _bytes.TryReadUInt64(address, out value);
    }
}

using System.Buffers.Binary;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Waits;

/// <summary>Numbers in a process's memory.</summary>
/// <param name="process">The process.</param>
internal readonly struct ProcessWords(IProcessView process)
{
    /// <summary>A pointer of the process's own code; null when it is not readable.</summary>
    public ulong? Pointer(ulong address)
    {
        if (process.Architecture is Architecture.X86 or Architecture.Arm32)
            return Number(address);
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        return process.TryRead(address, word) ? BinaryPrimitives.ReadUInt64LittleEndian(word) : null;
    }

    /// <summary>4 bytes; null when they are not readable.</summary>
    public uint? Number(ulong address)
    {
        Span<byte> word = stackalloc byte[sizeof(uint)];
        return process.TryRead(address, word) ? BinaryPrimitives.ReadUInt32LittleEndian(word) : null;
    }
}

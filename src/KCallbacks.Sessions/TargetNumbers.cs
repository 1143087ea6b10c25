using System.Buffers.Binary;
using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions;

/// <summary>Numbers in the memory of a target, which is little-endian wherever Windows runs.</summary>
internal static class TargetNumbers
{
    private delegate bool ByteReader(ulong address, Span<byte> destination);

    /// <summary>Reads a number as the engine shows memory.</summary>
    /// <param name="memory">The engine's.</param>
    /// <param name="address">Where the number lies.</param>
    /// <param name="size">Its bytes, eight at most; an address has those of the target's <see cref="CpuLayout.PointerSize"/>.</param>
    /// <returns>Null when not all of it can be read.</returns>
    public static ulong? ReadNumber(this DebugDataSpaces memory, ulong address, int size) => Read(memory.TryReadAll, address, size);

    /// <summary>Reads a number as a process shows memory.</summary>
    /// <param name="process">The process.</param>
    /// <param name="address">Where the number lies.</param>
    /// <param name="size">Its bytes, eight at most; an address has those of the target's <see cref="CpuLayout.PointerSize"/>.</param>
    /// <returns>Null when not all of it can be read.</returns>
    public static ulong? ReadNumber(this IProcessView process, ulong address, int size) => Read(process.TryRead, address, size);

    private static ulong? Read(ByteReader reader, ulong address, int size)
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        return reader(address, number[..size]) ? BinaryPrimitives.ReadUInt64LittleEndian(number) : null;
    }
}

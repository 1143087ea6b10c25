using System.Buffers.Binary;
using KCallbacks.DbgEng;

namespace KCallbacks.Sessions;

/// <summary>The kernel's time in clock interrupts, in which threads note when their wait began.</summary>
internal sealed class KernelClock
{
    /// <summary><c>KUSER_SHARED_DATA.TickCount</c> (ntddk.h) at the address it has on every 64-bit Windows.</summary>
    private const ulong TickCount = 0xffff_f780_0000_0320;

    private readonly uint? _now;
    private readonly uint? _increment;

    private KernelClock(uint? now, uint? increment)
    {
        _now = now;
        _increment = increment;
    }

    /// <summary>Reads the clock of the session's machine.</summary>
    public static KernelClock Read(DebugEngine engine) => new(
        ReadNumber(engine.DataSpaces, TickCount),
        engine.DataSpaces.TryReadDebuggerData(DebuggerData.KeTimeIncrementAddr, out ulong address).Succeeded ? ReadNumber(engine.DataSpaces, address) : null);

    /// <summary>The time since a number of clock interrupts, whose upper half threads do not keep; null when the clock cannot be read.</summary>
    public TimeSpan? Since(uint ticks) =>
        _now is { } now && _increment is { } increment ? TimeSpan.FromTicks((long)unchecked(now - ticks) * increment) : null;

    private static uint? ReadNumber(DebugDataSpaces memory, ulong address)
    {
        Span<byte> number = stackalloc byte[sizeof(uint)];
        return memory.TryReadVirtual(address, number, out uint read).Succeeded && read == number.Length
            ? BinaryPrimitives.ReadUInt32LittleEndian(number)
            : null;
    }
}

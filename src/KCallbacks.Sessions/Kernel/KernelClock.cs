using KCallbacks.DbgEng;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions.Kernel;

/// <summary>The kernel's time in clock interrupts, in which threads note when their wait began.</summary>
internal sealed class KernelClock
{
    private readonly uint? _now;
    private readonly uint? _increment;

    private KernelClock(uint? now, uint? increment)
    {
        _now = now;
        _increment = increment;
    }

    /// <summary>Reads the clock of the session's machine.</summary>
    public static KernelClock Read(DebugEngine engine) => new(
        (uint?)engine.DataSpaces.ReadNumber(AddressSpace.TickCount, sizeof(uint)),
        engine.DataSpaces.TryReadDebuggerData(DebuggerData.KeTimeIncrementAddr, out ulong address).Succeeded
            ? (uint?)engine.DataSpaces.ReadNumber(address, sizeof(uint))
            : null);

    /// <summary>The time since a number of clock interrupts, whose upper half threads do not keep; null when the clock cannot be read.</summary>
    public TimeSpan? Since(uint ticks) =>
        _now is { } now && _increment is { } increment ? TimeSpan.FromTicks((long)unchecked(now - ticks) * increment) : null;
}

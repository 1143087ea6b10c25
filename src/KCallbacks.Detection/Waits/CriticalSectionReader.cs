using System.Buffers.Binary;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Waits;

/// <summary>Reads critical sections. What breaks a single rule of the structure is none.</summary>
internal sealed class CriticalSectionReader(IProcessView process)
{
    private const ulong LargestHandle = 0x100_0000;
    private const uint MostRecursions = 0x1_0000;

    /// <summary>SpinCount has 24 bits of count and, above, flags.</summary>
    private const ulong SpinCountAndFlags = 0xffff_ffff;

    private const uint ThreadIdAlignment = 4;

    /// <summary>The section at an address, if one lies there for which a thread waits; null otherwise.</summary>
    /// <param name="address">The address.</param>
    /// <param name="pointerSize">4 or 8.</param>
    public CriticalSection? Read(ulong address, uint pointerSize)
    {
        var layout = new CriticalSectionLayout(pointerSize);
        if (address < AddressSpace.LowestMapped || address % pointerSize != 0 || address > ulong.MaxValue - layout.Size)
            return null;
        Span<byte> bytes = stackalloc byte[(int)layout.Size];
        if (!process.TryRead(address, bytes))
            return null;

        ulong debugInfo = Pointer(bytes, 0, pointerSize);
        int lockCount = BinaryPrimitives.ReadInt32LittleEndian(bytes[(int)layout.LockCount..]);
        uint recursion = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(int)layout.RecursionCount..]);
        ulong owner = Pointer(bytes, layout.OwningThread, pointerSize);
        ulong semaphore = Pointer(bytes, layout.LockSemaphore, pointerSize);
        ulong spinCount = Pointer(bytes, layout.SpinCount, pointerSize);
        ulong none = pointerSize == sizeof(uint) ? uint.MaxValue : ulong.MaxValue;

        bool hasBackPointer = debugInfo != 0 && debugInfo != none;
        if (hasBackPointer && !PointsBack(debugInfo, address, layout))
            return null;
        if (semaphore != 0 && semaphore != none && (semaphore >= LargestHandle || semaphore % 4 != 0))
            return null;
        if (spinCount > SpinCountAndFlags || Count(lockCount) is not { } count || !CanOwn(owner, recursion, count.IsWoken))
            return null;
        return new CriticalSection(address, (uint)owner, count.Waiters, count.IsWoken, semaphore == none ? 0 : semaphore, hasBackPointer);
    }

    /// <summary>Somebody owns it, or it was just let go of and the woken thread has not taken it yet.</summary>
    private static bool CanOwn(ulong owner, uint recursion, bool isWoken) => owner == 0
        ? isWoken && recursion == 0
        : owner <= uint.MaxValue && owner % ThreadIdAlignment == 0 && recursion is > 0 and < MostRecursions;

    /// <summary>The waiting threads that LockCount tells; null when it is not that of a section for which any wait.</summary>
    private (int Waiters, bool IsWoken)? Count(int lockCount)
    {
        if (process.IsWine || process.WindowsBuild is < CriticalSectionLayout.FirstBuildWithBits)
            return lockCount is > 0 and < CriticalSectionLayout.MostWaiters ? (lockCount, false) : null;

        int waiters = (-1 - lockCount) >> CriticalSectionLayout.WaitersShift;
        bool isWoken = (lockCount & CriticalSectionLayout.NotWokenBit) == 0;
        bool isLocked = (lockCount & CriticalSectionLayout.UnlockedBit) == 0;
        bool isWaitedFor = lockCount < 0 && waiters < CriticalSectionLayout.MostWaiters && (waiters > 0 || isWoken);
        return isWaitedFor && (isLocked || isWoken) ? (waiters, isWoken) : null;
    }

    private bool PointsBack(ulong debugInfo, ulong section, CriticalSectionLayout layout)
    {
        Span<byte> pointer = stackalloc byte[(int)layout.PointerSize];
        return debugInfo <= ulong.MaxValue - layout.BackPointer
            && process.TryRead(debugInfo + layout.BackPointer, pointer)
            && Pointer(pointer, 0, layout.PointerSize) == section;
    }

    private static ulong Pointer(ReadOnlySpan<byte> bytes, uint offset, uint size) => size == sizeof(uint)
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[(int)offset..])
        : BinaryPrimitives.ReadUInt64LittleEndian(bytes[(int)offset..]);
}

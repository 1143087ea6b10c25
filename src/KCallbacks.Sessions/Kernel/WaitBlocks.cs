using System.Collections.Immutable;
using KCallbacks.DbgEng;
using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions.Kernel;

/// <summary>
/// The wait blocks of a thread, one per object that it waits for. Windows 8 and later keep them side by side and count them; before, each points
/// at the next, and the last at the first.
/// </summary>
internal sealed class WaitBlocks
{
    /// <summary>MAXIMUM_WAIT_OBJECTS of ntddk.h, and the timer of a wait with a time-out.</summary>
    private const int Most = 65;

    private readonly uint _size;
    private readonly uint _object;
    private readonly uint _thread;
    private readonly uint _type;
    private readonly uint? _next;
    private readonly FieldSpan _block;

    private WaitBlocks(KernelTypes types, uint size, uint waited, uint thread, uint type)
    {
        (_size, _object, _thread, _type) = (size, waited, thread, type);
        _next = types.OffsetOf("_KWAIT_BLOCK", "NextWaitBlock");
        _block = new FieldSpan(_object, _thread, _type, _next);
    }

    /// <summary>Looks the fields up; null when the types lack one.</summary>
    public static WaitBlocks? Of(KernelTypes types) =>
        types.SizeOf("_KWAIT_BLOCK") is { } size
        && types.OffsetOf("_KWAIT_BLOCK", "Object") is { } waited
        && types.OffsetOf("_KWAIT_BLOCK", "Thread") is { } thread
        && types.OffsetOf("_KWAIT_BLOCK", "WaitType") is { } type
            ? new WaitBlocks(types, size, waited, thread, type)
            : null;

    /// <summary>The objects that a thread waits for, and how many of them it needs; none when they cannot be read or contradict themselves.</summary>
    public (ImmutableArray<ulong> Objects, WaitMode Mode) Read(DebugDataSpaces memory, ThreadBlock thread)
    {
        if (thread.WaitBlocks is not { } first || first < AddressSpace.KernelStart)
            return ([], WaitMode.NotKnown);
        int most = _next is not null ? Most : thread.WaitBlockCount ?? 1;
        var objects = ImmutableArray.CreateBuilder<ulong>();
        WaitMode? mode = null;
        ulong block = first;
        for (int i = 0; i < Math.Min(most, Most); i++)
        {
            if (!_block.TryRead(memory, block) || _block.Pointer(_thread) != thread.Address || _block.Pointer(_object) is not { } waited || waited < AddressSpace.KernelStart)
                return ([], WaitMode.NotKnown);
            WaitMode one = ModeOf(_block.Byte(_type)!.Value);
            mode = mode is null || mode == one ? one : WaitMode.NotKnown;
            objects.Add(waited);
            block = _block.Pointer(_next) ?? block + _size;
            if (_next is not null && block == first)
                return (objects.DrainToImmutable(), mode.Value);
        }

        // A chain that does not come back to its start within that many is damaged.
        return _next is null ? (objects.DrainToImmutable(), mode ?? WaitMode.NotKnown) : ([], WaitMode.NotKnown);
    }

    /// <summary>WAIT_TYPE (ntdef.h).</summary>
    private static WaitMode ModeOf(byte type) => type switch
    {
        0 => WaitMode.All,
        1 => WaitMode.Any,
        _ => WaitMode.NotKnown,
    };
}

using KCallbacks.Managed.Contracts;

namespace KCallbacks.Managed.Objects;

/// <summary>The threads that a runtime knows, as the contract Thread describes its list of them.</summary>
internal sealed class RuntimeThreads
{
    /// <summary>Threads of the list that are looked at; a damaged one must not cost more.</summary>
    private const int Most = 50_000;

    private readonly RuntimeMemory _memory;
    private readonly Dictionary<ulong, uint> _systemIds = [];
    private readonly Dictionary<uint, ulong> _records = [];

    public RuntimeThreads(RuntimeMemory memory)
    {
        _memory = memory;
        uint link = memory.Descriptor.OffsetOf("Thread", "LinkNext") ?? 0;
        ulong? store = memory.PointerAt(memory.Descriptor.Global("ThreadStore"));
        ulong? next = memory.Pointer(store, "ThreadStore", "FirstThreadLink");
        while (next is { } place && place > link && _systemIds.Count < Most)
        {
            ulong record = place - link;
            if (memory.Pointer(record, "Thread", "OSId") is not { } id || id > uint.MaxValue || !_systemIds.TryAdd(record, (uint)id))
                break;
            // Threads that have ended, and those not yet started, have no id.
            if (id != 0)
                _records.TryAdd((uint)id, record);
            next = memory.PointerAt(place);
        }
    }

    /// <summary>System id of the thread with a record; null when it is none that still runs.</summary>
    public uint? At(ulong record) => _systemIds.TryGetValue(record, out uint id) && id != 0 ? id : null;

    /// <summary>The <c>Thread</c> object of a thread, to which its record has a handle.</summary>
    public ulong? ObjectOf(uint systemId) =>
        _records.TryGetValue(systemId, out ulong record) && _memory.PointerAt(_memory.Pointer(record, "Thread", "GCHandle")) is { } address and not 0 ? address : null;
}

using KCallbacks.DbgEng.Clr;

namespace KCallbacks.Sessions.User;

/// <summary>The threads that a runtime knows, and its records of them.</summary>
internal sealed class RuntimeThreads
{
    /// <summary>Bytes of a record in which a handle to the thread's object lies.</summary>
    public const int RecordSize = 0x400;

    /// <summary>Threads of the list that are looked at; a damaged one must not cost more.</summary>
    private const int Most = 50_000;

    // Of numbers of one size, so that the extension has the code of one kind of table alone.
    private readonly Dictionary<ulong, ulong> _systemIds = [];
    private readonly Dictionary<ulong, ulong> _records = [];

    public RuntimeThreads(ClrData data)
    {
        if (!data.TryGetThreads(out ClrThreadStore store).Succeeded)
            return;
        for (ulong address = store.First; address != 0 && _systemIds.Count < Most; )
        {
            if (!data.TryGetThread(address, out ClrThreadData thread).Succeeded || !_systemIds.TryAdd(address, thread.SystemId))
                break;
            // Threads that have ended, and those not yet started, have no id.
            if (thread.SystemId != 0)
                _records.TryAdd(thread.SystemId, address);
            address = thread.Next;
        }
    }

    /// <summary>System id of the thread with a record; null when it is none that runs.</summary>
    public uint? At(ulong record) => _systemIds.TryGetValue(record, out ulong id) && id != 0 ? (uint)id : null;

    /// <summary>The record of a thread; null when the runtime does not know it.</summary>
    public ulong? RecordOf(uint systemId) => _records.TryGetValue(systemId, out ulong record) ? record : null;
}

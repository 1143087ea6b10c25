using System.Collections.Immutable;
using KCallbacks.DbgEng.Clr;
using KCallbacks.Detection.Managed;
using KCallbacks.Detection.Model;

namespace KCallbacks.Sessions.User;

/// <summary>The threads for whose end other threads wait: their <c>Thread</c> objects point at what the runtime keeps of them.</summary>
/// <param name="data">The runtime's data.</param>
internal sealed class ManagedJoins(ClrData data)
{
    /// <summary>Threads of the runtime that are looked at; a damaged list must not cost more.</summary>
    private const int MostThreads = 50_000;

    /// <summary>Bytes of a stack in which the waiting methods keep the object.</summary>
    private const int LargestFrames = 0x2000;

    /// <summary>Bytes of an object in which the pointer lies.</summary>
    private const int ObjectSize = 0x60;

    private const string ThreadType = "System.Threading.Thread";

    private Dictionary<ulong, ulong>? _threads;

    /// <summary>System id of the thread for whose end a thread waits; null when it does not wait for one, or it cannot be told which.</summary>
    /// <param name="waiter">System id of the thread that waits.</param>
    /// <param name="frames">Its managed frames.</param>
    /// <param name="view">Reads its stack.</param>
    public uint? JoinedBy(uint waiter, ImmutableArray<ManagedFrame> frames, IProcessView view)
    {
        if (ManagedWaitFrames.OfJoin(frames) is not { } place || place.End - place.Start > LargestFrames)
            return null;
        byte[] stack = new byte[place.End - place.Start];
        if (!view.TryRead(place.Start, stack))
            return null;
        _threads ??= ReadThreads();
        uint? joined = null;
        for (int i = 0; i + sizeof(ulong) <= stack.Length; i += sizeof(ulong))
        {
            ulong address = BitConverter.ToUInt64(stack, i);
            bool isOnStack = address >= place.Start && address < place.End;
            if (isOnStack || ThreadOf(address, view) is not { } thread || thread == waiter || thread == joined)
                continue;
            if (joined is not null)
                return null;
            joined = thread;
        }

        return joined;
    }

    /// <summary>The thread whose object lies at an address; null when none does.</summary>
    private uint? ThreadOf(ulong address, IProcessView view)
    {
        Span<byte> bytes = stackalloc byte[ObjectSize];
        if (address % sizeof(ulong) != 0 || !view.TryRead(address, bytes))
            return null;
        for (int i = sizeof(ulong); i < ObjectSize; i += sizeof(ulong))
        {
            if (_threads!.TryGetValue(BitConverter.ToUInt64(bytes[i..]), out ulong id))
                return data.NameOfTypeOf(address) == ThreadType ? (uint)id : null;
        }

        return null;
    }

    /// <summary>The runtime's <c>Thread</c> of each thread that still runs, and its system id.</summary>
    private Dictionary<ulong, ulong> ReadThreads()
    {
        var threads = new Dictionary<ulong, ulong>();
        if (!data.TryGetThreads(out ClrThreadStore store).Succeeded)
            return threads;
        for (ulong address = store.First; address != 0 && threads.Count < MostThreads; )
        {
            if (!data.TryGetThread(address, out ClrThreadData thread).Succeeded || !threads.TryAdd(address, thread.SystemId))
                break;
            address = thread.Next;
        }

        return threads;
    }
}

using System.Collections.Immutable;
using KCallbacks.DbgEng.Clr;
using KCallbacks.Detection.Managed;
using KCallbacks.Detection.Model;

namespace KCallbacks.Sessions.User;

/// <summary>The locks of the runtime for which threads wait. A lock that is contended has a sync block, which names its owner.</summary>
/// <param name="data">The runtime's data.</param>
internal sealed class ManagedLocks(ClrData data)
{
    /// <summary>Sync blocks that are looked at; a damaged count must not cost more.</summary>
    private const uint Most = 100_000;

    /// <summary>Bytes of a stack in which the waiting methods keep the lock's object.</summary>
    private const int LargestFrames = 0x2000;

    /// <summary>The objects whose locks threads wait for, and the runtime's <c>Thread</c> that holds each.</summary>
    private Dictionary<ulong, ulong>? _contended;

    /// <summary>The lock that a thread waits to enter; null when it does not wait for one, or it cannot be told which.</summary>
    /// <param name="frames">Its managed frames.</param>
    /// <param name="view">Reads its stack.</param>
    public ManagedLock? WaitedFor(ImmutableArray<ManagedFrame> frames, IProcessView view)
    {
        if (ManagedWaitFrames.OfLock(frames) is not { } place || place.End - place.Start > LargestFrames)
            return null;
        _contended ??= ReadContended();
        if (_contended.Count == 0 || ObjectIn(place.Start, place.End, view) is not { } found)
            return null;
        bool isHeld = data.TryGetThread(_contended[found], out ClrThreadData owner).Succeeded && owner.SystemId != 0;
        return new ManagedLock(found, data.NameOfTypeOf(found), isHeld ? owner.SystemId : null);
    }

    /// <summary>The only contended lock on a stretch of the stack; null when there are none or several.</summary>
    private ulong? ObjectIn(ulong start, ulong end, IProcessView view)
    {
        byte[] bytes = new byte[end - start];
        if (!view.TryRead(start, bytes))
            return null;
        ulong? found = null;
        for (int i = 0; i + sizeof(ulong) <= bytes.Length; i += sizeof(ulong))
        {
            ulong word = BitConverter.ToUInt64(bytes, i);
            if (!_contended!.ContainsKey(word) || word == found)
                continue;
            if (found is not null)
                return null;
            found = word;
        }

        return found;
    }

    private Dictionary<ulong, ulong> ReadContended()
    {
        var contended = new Dictionary<ulong, ulong>();
        uint count = 1;
        for (uint number = 1; number <= count && number <= Most; number++)
        {
            if (!data.TryGetSyncBlock(number, out ClrSyncBlock block).Succeeded)
                break;
            count = block.Total;
            if (block is { IsFree: 0, HoldingThread: not 0, Object: not 0 } && block.MonitorHeld > 1)
                contended[block.Object] = block.HoldingThread;
        }

        return contended;
    }
}

using System.Globalization;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Waits;

/// <summary>What the word of a slim lock and the blocks of those that wait for it tell; by whom it is held is not among it.</summary>
internal static class SlimLock
{
    /// <summary>Longer queues are not followed to their end.</summary>
    private const int Most = 4096;

    /// <summary>The state in words; null when the word cannot be read, or is not that of a lock that is held.</summary>
    /// <param name="thread">A thread that waits for it.</param>
    /// <param name="address">Where it lies.</param>
    /// <param name="threads">The threads of the target.</param>
    public static string? StateOf(BlockedThread thread, ulong address, ThreadDirectory threads)
    {
        if (thread.Pointer(address) is not { } word || (word & SlimLockWord.Locked) == 0)
            return null;
        if ((word & SlimLockWord.Waiting) == 0)
            return HeldBy((word & ~SlimLockWord.Flags) >> SlimLockWord.ReadersShift);

        string held = (word & SlimLockWord.ManyReaders) != 0 ? "held by several readers" : "held";
        if (QueueOf(thread, word & ~SlimLockWord.Flags, threads) is not { } queue)
            return held;
        if (queue.IsExclusive && (word & SlimLockWord.ManyReaders) == 0)
            held = "held exclusively";
        return string.Create(CultureInfo.InvariantCulture, $"{held}; {queue.Threads} {(queue.Threads == 1 ? "thread waits" : "threads wait")} for it");
    }

    private static string HeldBy(ulong readers) => readers switch
    {
        0 => "held exclusively",
        1 => "held by 1 reader",
        _ => string.Create(CultureInfo.InvariantCulture, $"held by {readers} readers"),
    };

    /// <summary>The queue from its newest thread to its oldest; null where one block is none of a thread of the target.</summary>
    private static (int Threads, bool IsExclusive)? QueueOf(BlockedThread thread, ulong newest, ThreadDirectory threads)
    {
        if (thread.PointerSize != sizeof(ulong) || thread.Process is not { IsWine: false, WindowsBuild: >= SlimLockBlock.FirstBuild })
            return null;
        ulong block = newest;
        for (int count = 1; count <= Most; count++)
        {
            if (thread.Long(block + SlimLockBlock.ThreadId) is not (<= uint.MaxValue and var id) || threads.Find((uint)id) is null)
                return null;
            if (thread.Long(block + SlimLockBlock.Older) is not { } older)
                return null;
            if (older == 0)
                return (count, thread.Number(block + SlimLockBlock.ShareCount) is { } share && SlimLockBlock.IsExclusive(share));
            block = older;
        }

        return null;
    }
}

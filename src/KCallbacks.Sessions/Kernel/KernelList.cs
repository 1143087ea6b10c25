namespace KCallbacks.Sessions.Kernel;

/// <summary>
/// Walks a doubly linked list of the kernel. A dump may be damaged and a live list may change: the walk is bounded, meets no entry
/// twice, and where a link forward leads nowhere it goes on from the list's other end.
/// </summary>
/// <param name="head">Address of the list's head.</param>
/// <param name="links">What the head holds.</param>
/// <param name="read">Reads the item of an entry and its links; null when there is none at this address.</param>
/// <param name="most">More entries than any sound list has.</param>
internal sealed class KernelList<T>(ulong head, ListLinks links, KernelList<T>.Reader read, int most)
{
    private readonly HashSet<ulong> _seen = [head];

    /// <summary>Reads one entry.</summary>
    public delegate (T Item, ListLinks Links)? Reader(ulong entry);

    /// <summary>The entry whose link forward leads nowhere, the head's address for the head; null when the list is whole.</summary>
    public ulong? BrokenAt { get; private set; }

    /// <summary>Whether the entries after the broken one were all found from the other end, as far as links can tell.</summary>
    public bool IsMended { get; private set; }

    /// <summary>The items in the list's order.</summary>
    public List<T> Walk()
    {
        List<T> items = Follow(links.Forward, static links => links.Forward, out ulong last, out ulong end);
        if (end == head)
            return items;
        BrokenAt = last;
        List<T> others = Follow(links.Backward, static links => links.Backward, out _, out end);
        IsMended = end == last;
        others.Reverse();
        return [.. items, .. others];
    }

    /// <summary>Follows links until an entry is not readable or was seen before.</summary>
    /// <param name="entry">The first entry.</param>
    /// <param name="next">Which link is followed.</param>
    /// <param name="last">The last entry that was read.</param>
    /// <param name="end">Where the walk ended.</param>
    private List<T> Follow(ulong entry, Func<ListLinks, ulong> next, out ulong last, out ulong end)
    {
        List<T> items = [];
        last = head;
        while (items.Count < most && _seen.Add(entry) && read(entry) is { } found)
        {
            items.Add(found.Item);
            last = entry;
            entry = next(found.Links);
        }

        end = entry;
        return items;
    }
}

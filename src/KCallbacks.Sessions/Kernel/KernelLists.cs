using System.Diagnostics;
using KCallbacks.DbgEng;

namespace KCallbacks.Sessions.Kernel;

/// <summary>Lists the processes and threads of a kernel session, as far as their lists are sound, and says where they are not.</summary>
/// <param name="memory">The session's memory.</param>
/// <param name="warnings">Takes what is damaged, one sentence each.</param>
internal sealed class KernelLists(DebugDataSpaces memory, List<string> warnings)
{
    /// <summary>More than Windows can have of either: a bound for lists that are damaged.</summary>
    private const int MostProcesses = 1 << 16;
    private const int MostThreads = 1 << 17;

    /// <summary>Time to list threads so far, which includes what the kernel's structures say of each.</summary>
    public TimeSpan Time { get; private set; }

    /// <summary>The processes in the kernel's order; empty when the list cannot be read.</summary>
    /// <param name="head">Address of the list's head.</param>
    /// <param name="layout">Where the fields of a process lie.</param>
    public IReadOnlyList<ProcessBlock> Processes(ulong head, ProcessLayout layout) => Walk(
        "the process list", () => new KernelList<ProcessBlock>(head, LinksAt(head), entry => layout.ReadEntry(memory, entry), MostProcesses));

    /// <summary>The threads of a process in the kernel's order; empty when the list cannot be read.</summary>
    /// <param name="process">The process.</param>
    /// <param name="layout">Where the fields of a thread lie.</param>
    /// <param name="clock">Tells how long they wait.</param>
    public IReadOnlyList<ThreadBlock> Threads(ProcessBlock process, ThreadLayout layout, KernelClock clock)
    {
        long start = Stopwatch.GetTimestamp();
        ulong head = process.ThreadList!.Value;
        List<ThreadBlock> threads = Walk(
            $"the thread list of {process.Name}",
            () => new KernelList<ThreadBlock>(head, LinksAt(head), entry => layout.ReadEntry(memory, clock, entry), MostThreads));
        Time += Stopwatch.GetElapsedTime(start);
        return threads;
    }

    /// <summary>
    /// Walks a list. One that seems damaged is walked again: while a Ctrl+Break is pending the engine fails reads, and some of its own
    /// calls take the break away unseen.
    /// </summary>
    private List<T> Walk<T>(string name, Func<KernelList<T>> open)
    {
        KernelList<T> list = open();
        List<T> items = list.Walk();
        if (list.BrokenAt is null)
            return items;
        KernelList<T> again = open();
        List<T> others = again.Walk();
        if (again.BrokenAt is null || others.Count > items.Count)
            (list, items) = (again, others);
        if (list.BrokenAt is { } entry)
            warnings.Add($"{name} is damaged after the entry at 0x{entry:x16}; {RestOf(list.IsMended)}");
        return items;
    }

    private static string RestOf(bool isMended) =>
        isMended ? "the rest was found from its other end" : "entries may be missing between there and those found from its other end";

    private ListLinks LinksAt(ulong address)
    {
        Span<byte> links = stackalloc byte[ListLinks.Size];
        return memory.TryReadAll(address, links) ? ListLinks.Of(links) : default;
    }
}

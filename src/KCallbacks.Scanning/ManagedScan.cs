using System.Diagnostics;
using KCallbacks.Detection;
using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning;

/// <summary>
/// Asks the .NET runtime of a process about the threads that need it: it would take long to ask about all. Those are the ones in a callback,
/// those that cannot be told without, and those that must let go of what these wait for.
/// </summary>
/// <param name="target">The threads.</param>
internal sealed class ManagedScan(IThreadTarget target)
{
    /// <summary>Threads the runtime told something of.</summary>
    public int ThreadsAsked { get; private set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Time { get; private set; }

    /// <summary>Explains a thread that is in a callback or cannot be told.</summary>
    /// <param name="thread">A thread that was judged.</param>
    public ScannedThread Explain(ScannedThread thread) =>
        thread.Finding is { Verdict: Verdict.None, Confidence: > Confidence.Low } ? thread : Ask(thread);

    /// <summary>
    /// Explains the threads that hold the locks that others wait for, and those that these wait for in turn: without them chains would end
    /// where memory cleared a thread.
    /// </summary>
    /// <param name="threads">All threads that were judged; changed in place.</param>
    /// <param name="waits">Where what was found is noted; null where waits are not wanted.</param>
    /// <param name="monitor">May stop it.</param>
    /// <returns>False when the user stopped it.</returns>
    public bool ExplainOwners(List<ScannedThread> threads, WaitScan? waits, IScanMonitor monitor)
    {
        var open = new Queue<uint>(threads.SelectMany(thread => OwnersOf(thread.Finding)));
        Dictionary<uint, int> indexes = open.Count == 0 ? [] : IndexesOf(threads);
        while (open.TryDequeue(out uint owner))
        {
            // Each is asked once.
            if (!indexes.Remove(owner, out int index) || threads[index].Finding is not { Managed: null })
                continue;
            ScannedThread asked = Ask(threads[index]);
            if (monitor.IsCancelled)
                return false;
            // Its stack is kept only where it was wanted anyway.
            threads[index] = asked.Keeping(threads[index].Stack is null ? null : asked.Stack);
            waits?.Note(asked.Finding!);
            foreach (uint next in OwnersOf(asked.Finding))
                open.Enqueue(next);
        }

        return true;
    }

    private ScannedThread Ask(ScannedThread thread)
    {
        long start = Stopwatch.GetTimestamp();
        ThreadFinding finding = thread.Finding!;
        if (target.ReadManaged(finding.Thread) is { } managed)
        {
            ThreadsAsked++;
            ThreadStack told = (thread.Stack ?? new ThreadStack { Thread = finding.Thread }) with { Managed = managed };
            thread = thread with { Stack = told, Finding = CallbackDetector.Explain(finding, told, thread.Evidence) };
        }

        Time += Stopwatch.GetElapsedTime(start);
        return thread;
    }

    private static Dictionary<uint, int> IndexesOf(List<ScannedThread> threads)
    {
        Dictionary<uint, int> indexes = [];
        for (int i = 0; i < threads.Count; i++)
        {
            if (threads[i].Finding?.Thread.SystemId is { } id)
                indexes.TryAdd(id, i);
        }

        return indexes;
    }

    /// <summary>System ids of the threads that must let go, as the runtime tells.</summary>
    private static IEnumerable<uint> OwnersOf(ThreadFinding? finding)
    {
        if (finding?.Managed?.Lock?.Owner is { } owner)
            yield return owner;
        if (finding?.Managed?.Joins is { } joined)
            yield return joined;
        if (finding?.Managed?.Invocation?.Thread is { } invoked)
            yield return invoked;
    }
}

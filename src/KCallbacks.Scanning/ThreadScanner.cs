using System.Diagnostics;
using KCallbacks.Detection;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Scanning;

/// <summary>
/// Judges the threads of a target: first all of them by what the kernel counts or their stack memory shows, then, by a walk, those
/// that are in a callback or cannot be told. A walk costs ten times a read, and most threads of most processes are in no callback.
/// </summary>
/// <remarks>
/// Cancellation is checked after each thread and before its result is kept: while a Ctrl+Break is pending the engine fails reads,
/// and no thread may be judged by that. The memory of a thread is searched once; what it shows is handed on.
/// </remarks>
public sealed class ThreadScanner(IThreadTarget target, CallbackDetector detector)
{
    /// <summary>Bytes of stack memory kept between reading and walking a thread; larger ones, and those of all threads, are read again.</summary>
    private const int KeptMemory = 0x1_0000;

    private readonly List<ScannedThread> _threads = [];
    private Func<bool>? _isCancelled;
    private TimeSpan _readTime;
    private int _threadsWalked;
    private long _framesWalked;
    private TimeSpan _walkTime;
    private TimeSpan _waitTime;
    private WaitScan? _waits;
    private WaitGraph? _graph;

    /// <summary>Scans.</summary>
    /// <param name="request">What to scan.</param>
    /// <param name="monitor">Watches the scan and may stop it.</param>
    public ScanResult Run(ScanRequest request, IScanMonitor monitor)
    {
        _isCancelled = () => monitor.IsCancelled;
        _waits = request.WithWaits && target.TellsWaits ? new WaitScan(target) : null;
        bool complete = Timed(out _readTime, () => ReadAll(request, monitor))
            && Timed(out _walkTime, () => WalkOpen(request, monitor))
            && Timed(out _waitTime, () => FindWaits(out _graph));
        // Those that were read when the user stopped the scan have at least what memory says of them.
        foreach (ScannedThread thread in _threads.Where(thread => thread.Finding is null))
            JudgeByMemory(thread, request);
        if (request.Wanted is not null)
            _threads.Sort(static (left, right) => left.Identity.Position.CompareTo(right.Identity.Position));
        return new ScanResult
        {
            Findings = [.. _threads.Select(thread => thread.Finding!)],
            Stacks = _threads.Where(thread => thread.Stack is not null).ToDictionary(thread => thread.Identity.Position, thread => thread.Stack!),
            Extents = _threads.Where(thread => thread.Extent is not null).ToDictionary(thread => thread.Identity.Position, thread => thread.Extent!),
            Waits = _graph,
            IsComplete = complete,
            ThreadsInProcess = target.Threads.Length,
            Statistics = new(_threads.Count, _threads.Sum(thread => (long)thread.BytesRead), _readTime, _threadsWalked, _framesWalked, _walkTime, WaitTime: _waitTime),
        };
    }

    /// <summary>
    /// Judges one thread after the other and keeps none, for targets whose walks cost no more than their reads. When all were taken,
    /// <see cref="FindWaits()"/> tells who waits for whom.
    /// </summary>
    /// <param name="request">What to judge.</param>
    public IEnumerable<(ThreadStack Stack, ThreadFinding Finding)> JudgeEach(ScanRequest request)
    {
        _waits = request.WithWaits && target.TellsWaits ? new WaitScan(target) : null;
        foreach (ThreadIdentity identity in Chosen(request))
        {
            ScannedThread thread = Read(identity, request);
            if (thread.Finding is null)
            {
                (ThreadStack walked, MemoryEvidence evidence) = Walked(thread, request);
                thread.Judge(walked, evidence, detector.Judge(walked, evidence));
            }

            _waits?.Note(thread.Stack!, thread.Finding);
            yield return (thread.Stack!, thread.Finding!);
        }
    }

    /// <summary>Who waits for whom among the threads that <see cref="JudgeEach"/> judged; null where that was not asked, or the target does not tell.</summary>
    public WaitGraph? FindWaits() => _waits?.Run(isCancelled: null);

    private bool FindWaits(out WaitGraph? graph)
    {
        graph = _waits?.Run(_isCancelled);
        return true;
    }

    private void JudgeByMemory(ScannedThread thread, ScanRequest request)
    {
        ThreadStack stack = WithMemory(thread.Stack!);
        thread.Judge(stack, thread.Evidence, detector.Judge(stack, thread.Evidence));
        KeepForResult(thread, request, isWalked: true);
    }

    private IEnumerable<ThreadIdentity> Chosen(ScanRequest request) =>
        request.Threads is { } isChosen ? target.Threads.Where(thread => isChosen(thread)) : target.Threads;

    private bool ReadAll(ScanRequest request, IScanMonitor monitor)
    {
        ThreadIdentity[] chosen = [.. request.Wanted is { } isWanted ? Chosen(request).OrderBy(thread => isWanted(thread) ? 0 : 1) : Chosen(request)];
        ScanRequest others = request.ForOthers;
        for (int i = 0; i < chosen.Length; i++)
        {
            ScannedThread thread = Read(chosen[i], request.Wanted?.Invoke(chosen[i]) == false ? others : request);
            if (monitor.IsCancelled)
                return false;
            _waits?.Note(thread.Stack!, thread.Finding);
            if (thread.Finding is null)
                thread.Keep(KeptUntilWalk(thread.Stack!, request), extent: null);
            else
                KeepForResult(thread, request, isWalked: false);
            _threads.Add(thread);
            monitor.Report("read", i + 1, chosen.Length);
        }

        return true;
    }

    /// <summary>Reads a thread; most threads are cleared by the kernel's count, or by their memory without their registers.</summary>
    private ScannedThread Read(ThreadIdentity identity, ScanRequest request)
    {
        ThreadStack known = target.Know(identity);
        bool hasKernel = known.Kernel is not null;
        StackMemory? memory = hasKernel || request.NeedsRegisters ? null : target.ReadMemory(identity);
        ThreadStack cheap = known with { Memory = memory };
        if ((hasKernel || memory is not null) && !request.WalksAll && detector.TryProveNoCallback(cheap, _isCancelled) is { } cleared)
            return new ScannedThread(cheap, default, cleared);

        ThreadStack stack = target.Read(known, memory?.Copy());
        MemoryEvidence evidence = detector.Search(stack, _isCancelled);
        // Where a kernel keeps count and does not clear the thread, its memory alone does not either.
        bool isOpen = hasKernel || request.WalksAll;
        return new ScannedThread(stack, evidence, isOpen ? null : detector.TryProveNoCallback(stack, evidence));
    }

    private static ThreadStack KeptUntilWalk(ThreadStack stack, ScanRequest request)
    {
        int most = request.WalksAll ? 0 : KeptMemory;
        return stack.Memory?.Bytes.Length <= most ? stack : stack with { Memory = null };
    }

    private bool WalkOpen(ScanRequest request, IScanMonitor monitor)
    {
        int[] open = [.. Enumerable.Range(0, _threads.Count).Where(thread => _threads[thread].Finding is null)];
        for (int i = 0; i < open.Length; i++)
        {
            ScannedThread thread = _threads[open[i]];
            (ThreadStack walked, MemoryEvidence evidence) = Walked(thread, request);
            ThreadFinding finding = detector.Judge(walked, evidence);
            if (monitor.IsCancelled)
                return false;
            _waits?.Note(walked, finding);
            thread.Judge(walked, evidence, finding);
            KeepForResult(thread, request, isWalked: true);
            _threadsWalked++;
            _framesWalked += walked.Frames.Length;
            monitor.Report("walked", i + 1, open.Length);
        }

        return true;
    }

    private (ThreadStack Stack, MemoryEvidence Evidence) Walked(ScannedThread thread, ScanRequest request)
    {
        ThreadStack read = WithMemory(thread.Stack!);
        ThreadStack walked = target.Walk(read, thread.Evidence, request.WalkAll);
        // Of some threads only the walk tells where the user stack is.
        bool isSearched = walked.StackPointer == read.StackPointer && ReferenceEquals(walked.Memory, read.Memory);
        return (walked, isSearched ? thread.Evidence : detector.Search(walked, _isCancelled));
    }

    /// <summary>Does a step of the scan; its time counts also when the user stops it, between two threads or within one.</summary>
    private static bool Timed(out TimeSpan time, Func<bool> step)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            return step();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            time = Stopwatch.GetElapsedTime(start);
        }
    }

    /// <summary>What was read, read again where it was too large to be kept.</summary>
    private ThreadStack WithMemory(ThreadStack read) =>
        read is { Memory: null, Problem: null } ? target.Read(target.Know(read.Thread), memory: null) : read;

    /// <summary>Keeps of a judged thread's stack what was asked for.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="isWalked">Whether its frames were looked for.</param>
    private static void KeepForResult(ScannedThread thread, ScanRequest request, bool isWalked)
    {
        bool isWanted = request.Wanted?.Invoke(thread.Identity) != false;
        bool keeps = request.KeepStacks || (request.KeepFrames && isWalked && isWanted) || thread.Finding!.Verdict != Verdict.None;
        thread.Keep(keeps ? thread.Stack! with { Memory = null } : null, request.KeepStacks ? StackExtent.Of(thread.Stack!.Memory) : null);
    }
}

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
    private readonly ManagedScan _managed = new(target);
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
        target.StopWhen(_isCancelled);
        _waits = request.WithWaits && target.TellsWaits ? new WaitScan(target) : null;
        bool complete = Timed(out _readTime, () => ReadAll(request, monitor))
            && Timed(out _walkTime, () => WalkOpen(request, monitor))
            && Timed(out _waitTime, () => FindWaits(out _graph));
        // Those that were read when the user stopped the scan have at least what memory says of them.
        IEnumerable<ScannedThread> judged = _threads.Select(thread => thread.Finding is null ? JudgedByMemory(thread, request) : thread);
        ScannedThread[] threads = [.. request.Wanted is null ? judged : judged.OrderBy(thread => thread.Finding!.Thread.Position)];
        return new ScanResult
        {
            Findings = [.. threads.Select(thread => thread.Finding!)],
            Stacks = threads.Where(thread => thread.Stack is not null).ToDictionary(thread => thread.Stack!.Thread.Position, thread => thread.Stack!),
            Extents = request.KeepStacks ? threads.Where(thread => thread.Extent is not null).ToDictionary(thread => thread.Finding!.Thread.Position, thread => thread.Extent!) : [],
            Waits = _graph,
            ManagedProblem = target.ManagedProblem,
            IsComplete = complete,
            ThreadsInProcess = target.Threads.Length,
            Statistics = new(threads.Length, threads.Sum(thread => (long)thread.BytesRead), _readTime, _threadsWalked, _framesWalked, _walkTime - _managed.Time, WaitTime: _waitTime, ThreadsAsked: _managed.ThreadsAsked, ManagedTime: _managed.Time),
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
                thread = Walked(thread, request);
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

    private ScannedThread JudgedByMemory(ScannedThread thread, ScanRequest request)
    {
        ScannedThread judged = Judged(thread, WithMemory(thread.Stack!), thread.Evidence);
        return judged.Keeping(KeptOf(judged, request));
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
            _threads.Add(thread.Finding is null ? thread.Keeping(KeptUntilWalk(thread.Stack!, request)) : thread.Keeping(request.KeepStacks ? thread.Stack!.WithoutMemory() : null));
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
            return new ScannedThread(cheap) { Finding = cleared };

        ThreadStack stack = target.Read(known, memory?.Copy());
        MemoryEvidence evidence = detector.Search(stack, _isCancelled);
        // Where a kernel keeps count and does not clear the thread, its memory alone does not either.
        bool isOpen = hasKernel || request.WalksAll;
        return new ScannedThread(stack) { Evidence = evidence, Finding = isOpen ? null : detector.TryProveNoCallback(stack, evidence) };
    }

    private static ThreadStack KeptUntilWalk(ThreadStack stack, ScanRequest request)
    {
        int most = request.WalksAll ? 0 : KeptMemory;
        return stack.Memory is null || stack.MemorySize() <= most ? stack : stack.WithoutMemory();
    }

    private bool WalkOpen(ScanRequest request, IScanMonitor monitor)
    {
        int[] open = [.. Enumerable.Range(0, _threads.Count).Where(thread => _threads[thread].Finding is null)];
        for (int i = 0; i < open.Length; i++)
        {
            ScannedThread walked = Walked(_threads[open[i]], request);
            if (monitor.IsCancelled)
                return false;
            _waits?.Note(walked.Stack!, walked.Finding);
            _threadsWalked++;
            _framesWalked += walked.Stack!.Frames.Length;
            _threads[open[i]] = walked.Keeping(KeptOf(walked, request));
            monitor.Report("walked", i + 1, open.Length);
        }

        return _managed.ExplainOwners(_threads, _waits, monitor);
    }

    private ScannedThread Walked(ScannedThread thread, ScanRequest request)
    {
        ThreadStack read = WithMemory(thread.Stack!);
        ThreadStack walked = target.Walk(read, thread.Evidence, request.WalkAll);
        // Of some threads only the walk tells where the user stack is.
        bool isSearched = walked.StackPointer == read.StackPointer && ReferenceEquals(walked.Memory, read.Memory);
        return _managed.Explain(Judged(thread, walked, isSearched ? thread.Evidence : detector.Search(walked, _isCancelled)));
    }

    private ScannedThread Judged(ScannedThread thread, ThreadStack stack, MemoryEvidence evidence) =>
        thread.Judged(stack, evidence, detector.Judge(stack, evidence));

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

    /// <summary>What is kept of a thread's stack for the result: what was asked for.</summary>
    private static ThreadStack? KeptOf(ScannedThread judged, ScanRequest request)
    {
        bool isWanted = request.Wanted?.Invoke(judged.Finding!.Thread) != false;
        bool keepsFrames = request.KeepStacks || (request.KeepFrames && isWanted) || judged.Finding!.Verdict != Verdict.None;
        return keepsFrames ? judged.Stack!.WithoutMemory() : null;
    }
}

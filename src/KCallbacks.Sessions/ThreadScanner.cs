using System.Collections.Immutable;
using System.Diagnostics;
using KCallbacks.Detection;
using KCallbacks.Detection.Model;

namespace KCallbacks.Sessions;

/// <summary>
/// Judges the threads of a target: first all of them by their stack memory, then, by a walk, those that memory shows in a callback
/// or cannot tell. A walk costs ten times a read, and most threads of most processes are in no callback.
/// </summary>
/// <remarks>
/// Whether the user wants to stop is asked behind each thread, before its result is taken over: while a Ctrl+Break waits to be
/// seen, the engine lets reads fail, and a thread must not be judged by that.
/// </remarks>
public sealed class ThreadScanner(IThreadTarget target, CallbackDetector detector)
{
    /// <summary>Bytes of stack memory kept between reading and walking a thread; larger ones, and those of all threads, are read again.</summary>
    private const int KeptMemory = 0x1_0000;

    private int _threadsRead;
    private long _bytesRead;
    private TimeSpan _readTime;
    private int _threadsWalked;
    private long _framesWalked;
    private TimeSpan _walkTime;

    /// <summary>Scans.</summary>
    /// <param name="request">What to scan.</param>
    /// <param name="monitor">Who watches.</param>
    public ScanResult Run(ScanRequest request, IScanMonitor monitor)
    {
        ScannedThread[] threads = [.. target.Threads.Where(thread => request.Threads?.Invoke(thread) ?? true).Select(thread => new ScannedThread(thread))];

        bool complete = Timed(out _readTime, () => ReadAll(threads, request, monitor)) && Timed(out _walkTime, () => WalkOpen(threads, request, monitor));
        // Those that were read when the user stopped the scan have at least what memory says of them.
        foreach (ScannedThread thread in threads.Where(thread => thread is { Stack: not null, Finding: null }))
        {
            ThreadStack stack = WithMemory(thread.Stack!);
            Conclude(thread, stack, detector.Judge(stack), request);
        }

        return new ScanResult
        {
            Findings = [.. threads.Select(thread => thread.Finding).OfType<ThreadFinding>()],
            Stacks = threads.Where(thread => thread.Stack is not null).ToImmutableDictionary(thread => thread.Identity.Position, thread => thread.Stack!),
            IsComplete = complete,
            ThreadsInProcess = target.Threads.Length,
            Statistics = new(_threadsRead, _bytesRead, _readTime, _threadsWalked, _framesWalked, _walkTime),
        };
    }

    private bool ReadAll(ScannedThread[] threads, ScanRequest request, IScanMonitor monitor)
    {
        for (int i = 0; i < threads.Length; i++)
        {
            (ThreadStack stack, ThreadFinding? finding) = Read(threads[i].Identity, request);
            if (monitor.IsCancelled)
                return false;
            _threadsRead++;
            _bytesRead += stack.Memory?.Bytes.Length ?? 0;
            if (finding is null)
                threads[i].Stack = KeptUntilWalk(stack, request);
            else
                threads[i].Conclude(finding, request.KeepStacks ? stack : null);
            monitor.Report("read", i + 1, threads.Length);
        }

        return true;
    }

    /// <summary>Reads a thread; most threads of most dumps are cleared without their registers.</summary>
    private (ThreadStack Stack, ThreadFinding? Finding) Read(ThreadIdentity thread, ScanRequest request)
    {
        StackMemory? memory = request.NeedsRegisters ? null : target.ReadMemory(thread);
        var remembered = new ThreadStack { Thread = thread, Memory = memory };
        if (memory is not null && detector.Clear(remembered) is { } cleared)
            return (remembered, cleared);
        ThreadStack stack = target.Read(thread, memory);
        return (stack, request.WalksAll ? null : detector.Clear(stack));
    }

    private static ThreadStack KeptUntilWalk(ThreadStack stack, ScanRequest request)
    {
        int most = request.WalksAll ? 0 : KeptMemory;
        return request.KeepStacks || stack.Memory?.Bytes.Length <= most ? stack : stack with { Memory = null };
    }

    private bool WalkOpen(ScannedThread[] threads, ScanRequest request, IScanMonitor monitor)
    {
        ScannedThread[] open = [.. threads.Where(thread => thread.Finding is null)];
        for (int i = 0; i < open.Length; i++)
        {
            ThreadStack stack = target.Walk(WithMemory(open[i].Stack!), request.WalkAll);
            ThreadFinding finding = detector.Judge(stack);
            if (monitor.IsCancelled)
                return false;
            _threadsWalked++;
            _framesWalked += stack.Frames.Length;
            Conclude(open[i], stack, finding, request);
            monitor.Report("walked", i + 1, open.Length);
        }

        return true;
    }

    /// <summary>Does a step of the scan; its time counts also when the user stops it.</summary>
    private static bool Timed(out TimeSpan time, Func<bool> step)
    {
        long start = Stopwatch.GetTimestamp();
        bool complete = step();
        time = Stopwatch.GetElapsedTime(start);
        return complete;
    }

    /// <summary>What was read, read again where it was too large to be kept.</summary>
    private ThreadStack WithMemory(ThreadStack read) => read is { Memory: null, Problem: null } ? target.Read(read.Thread, memory: null) : read;

    /// <summary>Keeps of a thread's stack what was asked for.</summary>
    private static void Conclude(ScannedThread thread, ThreadStack stack, ThreadFinding finding, ScanRequest request)
    {
        bool keepsFrames = request.KeepFrames || finding.Verdict != Verdict.None;
        thread.Conclude(finding, request.KeepStacks ? stack : keepsFrames ? stack with { Memory = null } : null);
    }
}

using System.Collections.Immutable;
using System.Diagnostics;
using KCallbacks.Detection;

namespace KCallbacks.Sessions;

/// <summary>
/// Judges the threads of a target: first all of them by their stack memory, then, by a walk, those that memory shows in a callback
/// or cannot tell. A walk costs ten times a read, and most threads of most processes are in no callback.
/// </summary>
public sealed class CallbackScan(IThreadTarget target, CallbackDetector detector)
{
    private ScanStatistics _statistics = new();

    /// <summary>Scans.</summary>
    /// <param name="request">What to scan.</param>
    /// <param name="monitor">Who watches.</param>
    public ScanResult Run(ScanRequest request, IScanMonitor monitor)
    {
        ThreadIdentity[] threads = [.. target.Threads.Where(thread => request.Threads?.Invoke(thread) ?? true)];
        var findings = new ThreadFinding?[threads.Length];
        var stacks = ImmutableDictionary.CreateBuilder<int, ThreadStack>();

        bool complete = ReadAll(threads, findings, stacks, request, monitor) && WalkOpen(threads, findings, stacks, request, monitor);

        return new ScanResult
        {
            Findings = [.. findings.OfType<ThreadFinding>()],
            Stacks = stacks.ToImmutable(),
            IsComplete = complete,
            ThreadsInProcess = target.Threads.Length,
            Statistics = _statistics,
        };
    }

    private bool ReadAll(
        ThreadIdentity[] threads, ThreadFinding?[] findings, ImmutableDictionary<int, ThreadStack>.Builder stacks, ScanRequest request, IScanMonitor monitor)
    {
        for (int i = 0; i < threads.Length; i++)
        {
            if (monitor.IsCancelled)
                return false;
            ThreadStack stack = Read(threads[i]);
            findings[i] = Judge(stack);
            if (request.KeepStacks)
                stacks[threads[i].Position] = stack;
            monitor.Report("read", i + 1, threads.Length);
        }

        return true;
    }

    private bool WalkOpen(
        ThreadIdentity[] threads, ThreadFinding?[] findings, ImmutableDictionary<int, ThreadStack>.Builder stacks, ScanRequest request, IScanMonitor monitor)
    {
        int[] open = [.. Enumerable.Range(0, threads.Length).Where(i => request.WalkAll || findings[i]!.Verdict != Verdict.None)];
        for (int done = 0; done < open.Length; done++)
        {
            if (monitor.IsCancelled)
                return false;
            int i = open[done];
            ThreadStack stack = Walk(threads[i], stacks.GetValueOrDefault(threads[i].Position), request.WalkAll);
            findings[i] = Judge(stack);
            if (request.KeepStacks)
                stacks[threads[i].Position] = stack;
            else if (request.KeepFrames || findings[i]!.Verdict != Verdict.None)
                stacks[threads[i].Position] = stack with { Memory = null };
            monitor.Report("walked", done + 1, open.Length);
        }

        return true;
    }

    private ThreadStack Read(ThreadIdentity thread)
    {
        long start = Stopwatch.GetTimestamp();
        ThreadStack stack = target.Read(thread);
        _statistics = _statistics with
        {
            ThreadsRead = _statistics.ThreadsRead + 1,
            BytesRead = _statistics.BytesRead + (stack.Memory?.Bytes.Length ?? 0),
            ReadTime = _statistics.ReadTime + Stopwatch.GetElapsedTime(start),
        };
        return stack;
    }

    /// <summary>Stacks are read again rather than kept: a read is cheap, and thousands of stacks are not small.</summary>
    private ThreadStack Walk(ThreadIdentity thread, ThreadStack? kept, bool byEngine)
    {
        long start = Stopwatch.GetTimestamp();
        ThreadStack stack = target.Walk(kept ?? target.Read(thread), byEngine);
        _statistics = _statistics with
        {
            ThreadsWalked = _statistics.ThreadsWalked + 1,
            FramesWalked = _statistics.FramesWalked + stack.Frames.Length,
            WalkTime = _statistics.WalkTime + Stopwatch.GetElapsedTime(start),
        };
        return stack;
    }

    private ThreadFinding Judge(ThreadStack stack)
    {
        long start = Stopwatch.GetTimestamp();
        ThreadFinding finding = detector.Judge(stack);
        if (finding.BlockedIn is null && stack.Frames.IsEmpty)
            finding = finding with { BlockedIn = NameOf(stack.InstructionPointer) };
        _statistics = _statistics with { JudgeTime = _statistics.JudgeTime + Stopwatch.GetElapsedTime(start) };
        return finding;
    }

    /// <summary>Where a thread stands that was not walked.</summary>
    private string? NameOf(ulong instructionPointer) =>
        instructionPointer != 0 && target.Process.FindSymbol(instructionPointer) is { Function: { } function } symbol ? $"{symbol.Module}!{function}" : null;
}

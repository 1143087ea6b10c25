using System.Collections.Immutable;
using System.Diagnostics;
using KCallbacks.DbgEng;
using KCallbacks.Detection;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Recordings;
using KCallbacks.Reports;
using KCallbacks.Scanning;
using KCallbacks.Sessions;
using KCallbacks.Sessions.Kernel;
using KCallbacks.Sessions.User;

namespace KCallbacks.Extension.Scans;

/// <summary>
/// A scan of the session: its current process, or in a kernel session the processes asked for. Until it is disposed the process
/// can still be read for a recording; then what the user had selected is selected again.
/// </summary>
internal sealed class SessionScan : IDisposable
{
    /// <summary>More threads than one screen has rows for, and fewer than would be felt.</summary>
    private const int MostWalkedAfterwards = 32;

    private readonly SessionKind _kind;
    private readonly string? _dumpFile;
    private readonly Capture _capture;
    private readonly SavedSelection _selection;
    private readonly UserTarget? _user;
    private readonly KernelSession? _kernel;

    private SessionScan(DebugEngine engine, SessionKind kind, SessionRequest request, IScanMonitor monitor)
    {
        long start = Stopwatch.GetTimestamp();
        _kind = kind;
        _dumpFile = engine.Client.TryGetDumpFile(out string path).Succeeded && path.Length > 0 ? path : null;
        _capture = CaptureOf(engine, kind);
        _selection = SavedSelection.Save(engine);
        try
        {
            _kernel = kind == SessionKind.Kernel ? KernelSession.Open(engine, request.Options.UserHalves) : null;
            _user = kind == SessionKind.User ? UserTarget.Open(engine) : null;
            if (_kernel is not null && request.ShowsStacks)
                request = request with { Threads = request.Threads with { WalkCleared = true } };
            ScanResult result = _kernel is null ? ScanResult.Join(Scan([_user!], request, monitor)) : ScanKernel(_kernel, request, monitor);
            Result = result with
            {
                // Asked once more: a list that a Ctrl+Break cut short may have had no thread after which the scan would have asked.
                IsComplete = result.IsComplete && !monitor.IsCancelled,
                Statistics = result.Statistics with { ListTime = _kernel?.ListTime ?? default },
            };
            Report = WithFunctions(ReportOf(Result, request, Stopwatch.GetElapsedTime(start)), request, monitor);
        }
        catch (Exception exception) when (exception is SessionException or EngineCallException && monitor.IsCancelled)
        {
            // While a Ctrl+Break waits to be seen, the engine's reads fail: the reason they led to is not the true one.
            Dispose();
            throw new SessionException("Stopped by Ctrl+Break before the threads were listed. Nothing was changed.");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What was found, to be shown.</summary>
    public Report Report { get; }

    /// <summary>What was found, with the stacks that were kept and where the time went.</summary>
    public ScanResult Result { get; }

    /// <summary>What the process was asked; null unless the request asks for a recording.</summary>
    public ProcessRecorder? Recorder { get; private set; }

    private Architecture Architecture { get; set; }

    private ImmutableArray<BlockedProcess> AlsoBlocked { get; set; } = [];

    /// <summary>Scans.</summary>
    /// <param name="engine">The session.</param>
    /// <param name="request">Which threads, and how thoroughly.</param>
    /// <param name="monitor">Watches the scan and may stop it.</param>
    /// <exception cref="SessionException">The session cannot be scanned, or not as requested.</exception>
    public static SessionScan Run(DebugEngine engine, SessionRequest request, IScanMonitor monitor)
    {
        SessionKind kind = Demand(engine);
        if (kind == SessionKind.User && request.Options is { Process: not null } or { UserHalves: true })
            throw new SessionException("Options -p and -u are for kernel sessions. Here the current process is shown; | lists processes, |1s selects one.");
        return new SessionScan(engine, kind, request, monitor);
    }

    /// <summary>Makes sure that there is a session that can be scanned, and says of which kind.</summary>
    /// <exception cref="SessionException">There is none; the message says what to do.</exception>
    public static SessionKind Demand(DebugEngine engine) =>
        SessionCheck.Demand(engine) == DebuggeeClass.Kernel ? SessionKind.Kernel : SessionKind.User;

    /// <inheritdoc/>
    public void Dispose()
    {
        _user?.Dispose();
        _kernel?.Dispose();
        _selection.Dispose();
    }

    /// <summary>What joins it with other captures of the same process.</summary>
    private static Capture CaptureOf(DebugEngine engine, SessionKind kind) => new()
    {
        ProcessId = kind == SessionKind.User && engine.SystemObjects.TryGetCurrentProcessSystemId(out uint id).Succeeded ? id : null,
        Made = engine.Control.TryGetCurrentTimeDate(out uint seconds).Succeeded && seconds != 0 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
    };

    /// <summary>Threads wait for threads of other processes, so it is asked when all are scanned.</summary>
    private ScanResult ScanKernel(KernelSession kernel, SessionRequest request, IScanMonitor monitor)
    {
        List<KernelTarget> scanned = [];
        ScanResult result = ScanResult.Join(Scan(kernel.Targets(request.Options.Process).Select(Noted), request, monitor));
        if (!request.Threads.WithWaits || !result.IsComplete)
            return result;
        long start = Stopwatch.GetTimestamp();
        try
        {
            WaitGraph? waits = kernel.FindWaits(scanned, result.Findings, () => monitor.IsCancelled);
            if (request.Options.Process is null && !request.Records)
                AlsoBlocked = kernel.BlockedElsewhere(scanned, () => monitor.IsCancelled);
            return result with { Waits = waits, Statistics = result.Statistics with { WaitTime = Stopwatch.GetElapsedTime(start) } };
        }
        catch (OperationCanceledException)
        {
            return result with { IsComplete = false };
        }

        KernelTarget Noted(KernelTarget target)
        {
            scanned.Add(target);
            return target;
        }
    }

    private List<ScanResult> Scan(IEnumerable<IThreadTarget> targets, SessionRequest request, IScanMonitor monitor)
    {
        List<ScanResult> results = [];
        foreach (IThreadTarget target in targets)
        {
            Architecture = target.Process.Architecture;
            if (request.Records)
                Recorder = Recorder is null ? new ProcessRecorder(target.Process) : throw new SessionException("A recording holds one process. Name it with -p.");
            var scan = new ThreadScanner(target, new CallbackDetector(Recorder ?? target.Process));
            results.Add(scan.Run(request.Threads, monitor));
            if (!results[^1].IsComplete)
                break;
        }

        return results;
    }

    private Report ReportOf(ScanResult result, SessionRequest request, TimeSpan elapsed) => new()
    {
        Source = new ReportSource(SourceKind.Engine, _dumpFile, Architecture, _kind),
        Capture = _capture,
        Findings = result.Findings,
        Stacks = result.Stacks,
        Waits = result.Waits,
        Complete = result.IsComplete,
        ThreadsInSource = result.IsComplete || IsWhollyListed(request.Options.Process) ? result.ThreadsInProcess : null,
        Warnings = [.. WarningsOf(result)],
        Elapsed = elapsed,
        IsWalked = request.Threads.WalkAll || request.Threads.KeepFrames,
        Processes = request.Options.Process,
        AlsoBlocked = AlsoBlocked,
    };

    /// <summary>
    /// The report with the program's functions of those threads of its findings that are in no callback, and with their stacks where these
    /// are shown: memory alone cleared them, and their rows would say nothing. They are few, so they are walked now.
    /// </summary>
    private Report WithFunctions(Report report, SessionRequest request, IScanMonitor monitor)
    {
        HashSet<int> nameless = [.. HangRows.WithoutFunction(report, MostWalkedAfterwards)];
        if (_user is null || nameless.Count == 0 || !report.Complete)
            return report;
        var scan = new ThreadScanner(_user, new CallbackDetector(_user.Process));
        ScanResult walked = scan.Run(new ScanRequest { Threads = thread => nameless.Contains(thread.Position), WalkCleared = true, KeepFrames = request.ShowsStacks }, monitor);
        Dictionary<int, ThreadFinding> found = walked.Findings.ToDictionary(finding => finding.Thread.Position);
        return report with
        {
            Stacks = request.ShowsStacks ? report.Stacks.Concat(walked.Stacks).DistinctBy(stack => stack.Key).ToImmutableDictionary() : report.Stacks,
            Findings =
            [
                .. report.Findings.Select(finding => found.TryGetValue(finding.Thread.Position, out ThreadFinding? again)
                    ? finding with { ProgramFunction = again.ProgramFunction, HasMessageLoop = again.HasMessageLoop, BlockedIn = finding.BlockedIn ?? again.BlockedIn }
                    : finding),
            ],
        };
    }

    /// <summary>Of several processes of a kernel session those after the stop were not listed; and a list that seems damaged may be cut short.</summary>
    private bool IsWhollyListed(string? processes) => _kernel is null || (processes is null && _kernel.Warnings.Count == 0);

    private IEnumerable<string> WarningsOf(ScanResult result)
    {
        // What a scan that was stopped took for damage can be reads that Ctrl+Break let fail.
        if (_kernel is not null)
            return result.IsComplete ? _kernel.Warnings : [];
        if (result.Statistics is { ThreadsRead: > 0, BytesRead: 0 })
            return ["no thread's stack memory can be read. The dump has none: write one with .dump /m or .dump /ma."];
        return result.ManagedProblem is { } problem ? [problem + "."] : [];
    }
}

using System.Diagnostics;
using KCallbacks.DbgEng;
using KCallbacks.Detection;
using KCallbacks.Recordings;
using KCallbacks.Reports;
using KCallbacks.Sessions;

namespace KCallbacks.Extension;

/// <summary>
/// A scan of the current process of a session. Until it is disposed the process can still be read for a recording; then what
/// the user had selected is selected again.
/// </summary>
internal sealed class SessionScan : IDisposable
{
    private readonly EngineState _selection;
    private readonly UserTarget _target;

    private SessionScan(DebugEngine engine, CommandOptions options, IScanMonitor monitor)
    {
        long start = Stopwatch.GetTimestamp();
        _selection = EngineState.Save(engine);
        try
        {
            _target = UserTarget.Open(engine);
            Recorder = options.RecordFile is null ? null : new ProcessRecorder(_target.Process);
            var scan = new CallbackScan(_target, new CallbackDetector(Recorder ?? _target.Process));
            Result = scan.Run(RequestOf(options), monitor);
            Report = ReportOf(Result, _target.Process, Stopwatch.GetElapsedTime(start));
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

    /// <summary>What the process was asked; null unless the options ask for a recording.</summary>
    public ProcessRecorder? Recorder { get; }

    /// <summary>Scans.</summary>
    /// <param name="engine">The session.</param>
    /// <param name="options">Which threads, and how thoroughly.</param>
    /// <param name="monitor">Who watches.</param>
    /// <exception cref="SessionException">The session cannot be scanned.</exception>
    public static SessionScan Run(DebugEngine engine, CommandOptions options, IScanMonitor monitor)
    {
        Demand(engine);
        return new SessionScan(engine, options, monitor);
    }

    /// <summary>Makes sure that the session can be scanned.</summary>
    /// <exception cref="SessionException">It cannot; the message says what to do.</exception>
    public static void Demand(DebugEngine engine)
    {
        if (SessionCheck.Demand(engine) == DebuggeeClass.Kernel)
            throw new SessionException("Kernel sessions cannot be scanned yet. Open a user-mode dump or attach to the process.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _target?.Dispose();
        _selection.Dispose();
    }

    private static ScanRequest RequestOf(CommandOptions options) => new()
    {
        Threads = options.Threads.IsEmpty ? null : thread => options.Threads.Any(range => range.Contains(thread)),
        WalkAll = options.Walk,
        KeepFrames = options.Verbose || options.Group || options.Pattern is not null,
        KeepStacks = options.RecordFile is not null,
    };

    private static Report ReportOf(ScanResult result, IProcessView process, TimeSpan elapsed) => new()
    {
        Source = new ReportSource(SourceKind.Engine, Architecture: process.Architecture),
        Findings = result.Findings,
        Stacks = result.Stacks,
        Complete = result.IsComplete,
        ThreadsInSource = result.ThreadsInProcess,
        Warnings = [.. WarningsOf(result)],
        Elapsed = elapsed,
    };

    private static IEnumerable<string> WarningsOf(ScanResult result)
    {
        if (result.Statistics is { ThreadsRead: > 0, BytesRead: 0 })
            yield return "no thread's stack memory can be read. The dump has none: write one with .dump /m or .dump /ma.";
    }
}

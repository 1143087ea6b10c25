using System.Diagnostics;
using KCallbacks.DbgEng;
using KCallbacks.Detection;
using KCallbacks.Recordings;
using KCallbacks.Reports;
using KCallbacks.Sessions;

namespace KCallbacks.Extension;

/// <summary><c>!kcallbacks</c>: reads the options, scans the session, prints the findings.</summary>
internal sealed class CallbacksCommand(DebugEngine engine)
{
    private readonly EngineOutput _output = new(engine.Control);

    /// <summary>Runs the command line.</summary>
    /// <exception cref="CommandSyntaxException">The options cannot be understood.</exception>
    /// <exception cref="SessionException">The session cannot be scanned.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Run(string arguments)
    {
        CommandOptions options = CommandOptions.Parse(arguments);
        if (options.Help)
            _output.Write(HelpText.Lines);
        else if (options.Version)
            _output.Write([Line.Of($"{Product.Name} {Product.Version}")]);
        else
            Run(options);
    }

    private void Run(CommandOptions options)
    {
        if (options.JsonFile is not null || options.RecordFile is not null)
            OutputFiles.DemandPermission(engine.Control);
        RefuseKernel(SessionCheck.Demand(engine));

        long start = Stopwatch.GetTimestamp();
        using EngineState selection = EngineState.Save(engine);
        using UserTarget target = UserTarget.Open(engine);
        ProcessRecorder? recorder = options.RecordFile is null ? null : new ProcessRecorder(target.Process);
        var scan = new CallbackScan(target, new CallbackDetector(recorder ?? target.Process));
        ScanResult result = scan.Run(RequestOf(options), new EngineMonitor(engine.Control, _output));
        Report report = ReportOf(result, target.Process, Stopwatch.GetElapsedTime(start));

        Print(report, options);
        if (options.Statistics)
            _output.Write([ScanStatisticsLine.Of(result.Statistics)]);
        if (options.JsonFile is { } jsonFile)
            _output.Write([OutputFiles.WriteJson(jsonFile, report, options)]);
        if (options.RecordFile is { } recordFile)
            _output.Write([OutputFiles.WriteRecording(recordFile, recorder!, result)]);
    }

    private void Print(Report report, CommandOptions options)
    {
        if (options.Json)
            _output.WriteText(JsonReport.Lines(report, Selection.ForJson(report, options)));
        else
            _output.Write(TextReport.Lines(report, options));
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

    private static void RefuseKernel(DebuggeeClass kind)
    {
        if (kind == DebuggeeClass.Kernel)
            throw new SessionException("Kernel sessions cannot be scanned yet. Open a user-mode dump or attach to the process.");
    }
}

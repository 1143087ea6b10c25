using System.Diagnostics;
using KCallbacks.DbgEng;
using KCallbacks.Detection;
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
        RefuseKernel(SessionCheck.Demand(engine));
        Print(Scan(options), options);
    }

    private Report Scan(CommandOptions options)
    {
        long start = Stopwatch.GetTimestamp();
        using EngineState selection = EngineState.Save(engine);
        using UserTarget target = UserTarget.Open(engine);
        var scan = new CallbackScan(target, new CallbackDetector(target.Process));
        ScanResult result = scan.Run(RequestOf(options), new EngineMonitor(engine.Control, _output));
        return new Report
        {
            Source = new ReportSource(SourceKind.Engine, Architecture: target.Process.Architecture),
            Findings = result.Findings,
            Stacks = result.Stacks,
            Complete = result.IsComplete,
            ThreadsInSource = result.ThreadsInProcess,
            Elapsed = Stopwatch.GetElapsedTime(start),
        };
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
    };

    private static void RefuseKernel(DebuggeeClass kind)
    {
        if (kind == DebuggeeClass.Kernel)
            throw new SessionException("Kernel sessions cannot be scanned yet. Open a user-mode dump or attach to the process.");
    }
}

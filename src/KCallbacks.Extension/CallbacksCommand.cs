using System.Diagnostics;
using KCallbacks.DbgEng;
using KCallbacks.Extension.Command;
using KCallbacks.Extension.Scans;
using KCallbacks.Reports;
using KCallbacks.Reports.Comparing;
using KCallbacks.Reports.Json;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Text;
using KCallbacks.Scanning;
using KCallbacks.Sessions;

namespace KCallbacks.Extension;

/// <summary><c>!kcallbacks</c>: reads the options, scans the session, prints the findings.</summary>
internal sealed class CallbacksCommand(DebugEngine engine)
{
    /// <summary>The result, what is missing, and what follows from it.</summary>
    private const int LinesOfAnswer = 4;

    private readonly EngineOutput _output = new(engine.Control);

    /// <summary>Runs the command line.</summary>
    /// <exception cref="CommandSyntaxException">The options cannot be understood.</exception>
    /// <exception cref="SessionException">The session cannot be scanned.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Run(string arguments)
    {
        CommandOptions options = CommandOptions.Parse(arguments);
        if (options.Help)
            _output.Write(HelpText.Of(options.HelpTopic));
        else if (options.Version)
            _output.Write([Line.Of($"{Product.Name} {Product.Version}")]);
        else
            Run(options);
    }

    private void Run(CommandOptions options)
    {
        if (options.UsesFiles)
            OutputFiles.DemandPermission(engine);
        Report? before = options.CompareFile is { } file ? EarlierRun.Read(file) : null;

        var monitor = new EngineMonitor(engine.Control, options.Form.Json ? null : _output);
        using SessionScan scan = SessionScan.Run(engine, RequestOf(options), monitor);
        if (before is not null)
            PrintComparison(before, scan, options);
        else if (options.Form.Json)
            PrintJson(scan, options);
        else
            PrintText(scan, options);
    }

    /// <summary>Anyone who asks for JSON gets nothing but JSON: the files are written first, so that an error of theirs is the only answer.</summary>
    private void PrintJson(SessionScan scan, CommandOptions options)
    {
        foreach (Line _ in Written(scan, options))
            continue;
        Report report = options.Statistics ? scan.Report with { Statistics = PlainText.Render(ScanStatisticsLine.Of(scan.Result.Statistics)) } : scan.Report;
        _output.WriteText(UntilStopped(JsonReport.Lines(report, options.Filter.ForJson(report))));
    }

    private void PrintText(SessionScan scan, CommandOptions options)
    {
        long start = Stopwatch.GetTimestamp();
        _output.Write(UntilStopped(TextReport.Lines(scan.Report, options.Filter, options.Form)));
        if (options.Statistics)
            _output.Write([ScanStatisticsLine.Of(scan.Result.Statistics, Stopwatch.GetElapsedTime(start))]);
        _output.Write(Written(scan, options));
    }

    private void PrintComparison(Report before, SessionScan scan, CommandOptions options)
    {
        Comparison comparison = EarlierRun.Compare(before, scan.Report);
        List<Line> written = [.. Written(scan, options)];
        if (options.Form.Json)
            _output.WriteText(UntilStopped(ComparisonJson.Lines(comparison)));
        else
            _output.Write(UntilStopped(ComparisonText.Lines(comparison, options.Form.Width)).Concat(written));
    }

    /// <summary>
    /// Lines, as long as the user lets them be printed. That the scan was stopped does not count: its findings are to be seen, and the
    /// first lines, which say what was found and how far the scan got, are always printed.
    /// </summary>
    private IEnumerable<T> UntilStopped<T>(IEnumerable<T> lines)
    {
        var monitor = new EngineMonitor(engine.Control, output: null);
        int printed = 0;
        foreach (T line in lines)
        {
            yield return line;
            if (++printed >= LinesOfAnswer && monitor.IsCancelled)
                throw new SessionException("Stopped by Ctrl+Break; the rest is not printed.");
        }
    }

    /// <summary>Writes the files, and says so.</summary>
    private IEnumerable<Line> Written(SessionScan scan, CommandOptions options)
    {
        if (options.JsonFile is { } jsonFile)
            yield return OutputFiles.WriteJson(jsonFile, scan.Report, options.Filter, new EngineMonitor(engine.Control, output: null));
        if (options.RecordFile is { } recordFile)
            yield return OutputFiles.WriteRecording(recordFile, scan.Report, scan.Recorder!, scan.Result, new EngineMonitor(engine.Control, output: null));
    }

    private static SessionRequest RequestOf(CommandOptions options)
    {
        bool usesFrames = options.Form.UsesFrames || options.Filter.UsesFrames;
        return new(options.Scan, new ScanRequest
        {
            Wanted = options.Filter.MayPass,
            WalkAll = options.Scan.Walk,
            WalkCleared = usesFrames && options.Filter.ListsOthers,
            KeepFrames = usesFrames,
            WithBlockedIn = options.Filter.ListsOthers || options.Form.Json || options.JsonFile is not null || options.CompareFile is not null,
            KeepStacks = options.RecordFile is not null,
            WithWaits = true,
        })
        {
            ShowsStacks = options.Form.Verbose,
        };
    }
}

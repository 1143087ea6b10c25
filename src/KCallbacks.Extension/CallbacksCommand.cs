using KCallbacks.DbgEng;
using KCallbacks.Extension.Scans;
using KCallbacks.Reports;
using KCallbacks.Reports.Command;
using KCallbacks.Reports.Json;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Text;
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
            OutputFiles.DemandPermission(engine);

        using SessionScan scan = SessionScan.Run(engine, options, new EngineMonitor(engine.Control, _output));
        Print(scan.Report, options);
        if (options.Statistics)
            _output.Write([ScanStatisticsLine.Of(scan.Result.Statistics)]);
        if (options.JsonFile is { } jsonFile)
            _output.Write([OutputFiles.WriteJson(jsonFile, scan.Report, options)]);
        if (options.RecordFile is { } recordFile)
            _output.Write([OutputFiles.WriteRecording(recordFile, scan.Report.Source.Session, scan.Recorder!, scan.Result)]);
    }

    private void Print(Report report, CommandOptions options)
    {
        if (options.Json)
            _output.WriteText(JsonReport.Lines(report, ThreadFilter.ForJson(report, options)));
        else
            _output.Write(TextReport.Lines(report, options));
    }
}

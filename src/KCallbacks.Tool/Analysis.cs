using System.Text;
using KCallbacks.Reports;
using KCallbacks.Reports.Csv;
using KCallbacks.Reports.Json;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Text;
using KCallbacks.Tool.Inputs;

namespace KCallbacks.Tool;

/// <summary>Judges the threads of the inputs and writes a report for each.</summary>
internal sealed class Analysis(ToolHost host, AnalyzeOptions options)
{
    /// <summary>The codes of several inputs make one: the first of these that occurs.</summary>
    private static readonly ExitCode[] Worst = [ExitCode.InputError, ExitCode.CallbacksFound, ExitCode.NotJudged, ExitCode.NothingFound];

    private static readonly string EndOfInput = OperatingSystem.IsWindows() ? "Ctrl+Z and Enter" : "Ctrl+D";

    private TextWriter _output = host.Output;

    /// <summary>Analyses the inputs one after the other; an input that fails does not keep the next from being read.</summary>
    public ExitCode Run(IReadOnlyList<string> paths)
    {
        if (options.OutputFile is not { } file)
            return RunAll(paths);
        ExitCode code = ExitCode.InputError;
        try
        {
            OutputFile.Replace(file, stream =>
            {
                using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
                _output = writer;
                code = RunAll(paths);
            });
            return code;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            host.Error.WriteLine($"{file}: error: the report was not written: {error.Message}");
            return ExitCode.InputError;
        }
    }

    private ExitCode RunAll(IReadOnlyList<string> words)
    {
        Input[] inputs;
        try
        {
            inputs = Expand(words);
        }
        catch (InputException wrong)
        {
            if (options.IsJson)
                _output.WriteLine(JsonReport.Error(new ReportSource(SourceKind.Unknown), wrong.Message));
            _output.Flush();
            return host.Fail("kcallbacks", wrong.Message, wrong);
        }

        if (options.Csv)
            _output.WriteLine(CsvReport.Header);
        if (host.ReadsTerminal && inputs.Any(input => input.Path == InputSource.StandardInput))
            host.Error.WriteLine($"kcallbacks: reads what a debugger printed (~*kn) from here, until {EndOfInput}; files: kcallbacks analyze FILE");
        var progress = new FileProgress(host.Error, host.Clock, inputs.Length);
        HashSet<ExitCode> codes = [];
        foreach (InputOutcome outcome in new InputReader(host, options, inputs).Outcomes())
        {
            codes.Add(Write(outcome, isOneOfMany: inputs.Length > 1));
            progress.Report();
        }

        _output.Flush();
        return Worst.First(codes.Contains);
    }

    private Input[] Expand(IReadOnlyList<string> words)
    {
        Input[] inputs = [.. new InputList(options.Format, host.Input).Expand(words)];
        return inputs.Length == 1 || !options.Form.Json || options.JsonLines
            ? inputs
            : throw new InputException($"--json writes one object, and there are {inputs.Length:N0} inputs; for several files use --jsonl, one object per line");
    }

    private ExitCode Write(InputOutcome outcome, bool isOneOfMany)
    {
        if (outcome.Report is not { } report)
            return WriteFailure(outcome.Path, outcome.Failure!);
        foreach (string error in outcome.Errors)
            host.Error.WriteLine(error);
        // Who reads both streams reads an error once; a file is read without the other stream.
        bool isRead = !options.IsJson && !options.Csv && options.OutputFile is null;
        Write(isRead ? report with { Warnings = report.Warnings.RemoveRange(outcome.Errors) } : report, isOneOfMany);
        return !report.Complete ? ExitCode.InputError
            : report.Summary.WithCallback > 0 ? ExitCode.CallbacksFound
            : report.Summary.IsJudged ? ExitCode.NothingFound
            : ExitCode.NotJudged;
    }

    private ExitCode WriteFailure(string path, Exception failure)
    {
        string problem = FailureText.OfInput(failure);
        if (options.IsJson)
            _output.WriteLine(JsonReport.Error(new ReportSource(SourceKind.Unknown, path), problem, FailureText.IsUnsupported(failure)));
        else if (options.Csv)
            WriteRows(new Report { Source = new(SourceKind.Unknown, path), Complete = false, Error = problem, IsUnsupported = FailureText.IsUnsupported(failure) });
        return host.Fail(InputSource.NameOf(path), problem, failure);
    }

    private void Write(Report report, bool isOneOfMany)
    {
        if (options.JsonLines)
        {
            _output.WriteLine(JsonReport.SingleLine(report, options.Filter.ForJson(report)));
            return;
        }

        if (options.Csv)
        {
            WriteRows(report);
            return;
        }

        if (!options.Form.Json)
        {
            WriteTable(report, isOneOfMany);
            return;
        }

        foreach (string line in JsonReport.Lines(report, options.Filter.ForJson(report)))
            _output.WriteLine(line);
    }

    private void WriteTable(Report report, bool isOneOfMany)
    {
        if (isOneOfMany)
            _output.WriteLine($"{report.Source.Path}:");
        foreach (Line line in TextReport.Lines(report, options.Filter, options.Form))
            WriteLine(line);
        if (isOneOfMany)
            _output.WriteLine();
    }

    private void WriteLine(Line line)
    {
        if (_output is TerminalWriter terminal && (options.Colour ?? host.WritesColours))
            terminal.WriteColoured(line);
        else
            _output.WriteLine(PlainText.Render(line));
    }

    private void WriteRows(Report report)
    {
        foreach (string row in CsvReport.Rows(report, options.Filter.ForJson(report)))
            _output.WriteLine(row);
    }
}

using System.Text;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Signatures;
using KCallbacks.Reports;
using KCallbacks.Reports.Csv;
using KCallbacks.Reports.Html;
using KCallbacks.Reports.Json;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Text;
using KCallbacks.Tool.Inputs;

namespace KCallbacks.Tool;

/// <summary>Judges the threads of the inputs and writes a report for each.</summary>
internal sealed class Analysis(ToolHost host, AnalyzeOptions options)
{
    /// <summary>The codes of several inputs make one: the first of these that occurs.</summary>
    private static readonly ExitCode[] Worst = [ExitCode.InputError, ExitCode.Alert, ExitCode.Unclear, ExitCode.Fine];

    /// <summary>Files of which each gets a report of its own; more share a table.</summary>
    private const int FewFiles = 3;

    private readonly List<FileSummary> _summaries = [];

    private static readonly string EndOfInput = OperatingSystem.IsWindows() ? "Ctrl+Z and Enter" : "Ctrl+D";

    private TextWriter _output = host.Output;

    private bool _isJsonLines;

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
            inputs = ExpandedInputs.Of(words, options.Inputs, host);
        }
        catch (InputException wrong)
        {
            if (options.IsJson)
                _output.WriteLine(JsonReport.Error(new ReportSource(SourceKind.Unknown), wrong.Message));
            _output.Flush();
            return host.Fail("kcallbacks", wrong.Message, wrong);
        }

        if (options.Html is not null && inputs.Length > 1)
            return host.Fail("kcallbacks", $"--html writes the page of one input, and there are {inputs.Length:N0}", new InputException("--html"));
        if (options.Csv)
            _output.WriteLine(CsvReport.Header);
        if (host.ReadsTerminal && inputs.Any(input => input.Path == InputSource.StandardInput))
            host.Error.WriteLine($"kcallbacks: reads what a debugger printed (~*kn) from here, until {EndOfInput}; files: kcallbacks analyze FILE");
        var progress = new FileProgress(host.Error, host.Clock, () => inputs.Length);
        HashSet<ExitCode> codes = [];
        bool isSummed = (inputs.Length > FewFiles || options.Summary || options.List) && !options.IsJson && !options.Csv && !options.Dot;
        _isJsonLines = options.JsonLines || inputs.Length > 1;
        foreach (InputOutcome outcome in new InputReader(host, options, inputs).Outcomes())
        {
            codes.Add(Write(outcome, isOneOfMany: inputs.Length > 1, isSummed));
            progress.Report();
        }

        foreach (string line in !isSummed ? [] : options.List ? FileSummary.List(_summaries) : FileSummary.Table(_summaries))
            _output.WriteLine(line);
        _output.Flush();
        return Worst.First(codes.Contains);
    }

    private ExitCode Write(InputOutcome outcome, bool isOneOfMany, bool isSummed)
    {
        if (outcome.Report is not { } report)
            return WriteFailure(outcome.Path, outcome.Failure!);
        foreach (string error in outcome.Errors)
            host.Error.WriteLine(error);
        if (options.Html is { } page)
            WritePage(page, report);
        HangResult result = report.Conclude();
        _summaries.Add(FileSummary.Of(report, result));
        // Who reads both streams reads an error once; a file is read without the other stream.
        bool isRead = !options.IsJson && !options.Csv && options.OutputFile is null;
        if (!isSummed)
            Write(isRead ? report with { Warnings = report.Warnings.RemoveRange(outcome.Errors) } : report, isOneOfMany);
        return options.Alert.CodeOf(report, result.State);
    }

    private static void WritePage(string path, Report report) => OutputFile.Replace(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        foreach (string line in HtmlReport.Lines(report))
            writer.WriteLine(line);
    });

    private ExitCode WriteFailure(string path, Exception failure)
    {
        string problem = FailureText.OfInput(failure);
        _summaries.Add(FileSummary.Of(path, problem));
        if (options.IsJson)
            _output.WriteLine(JsonReport.Error(new ReportSource(SourceKind.Unknown, path), problem, FailureText.IsUnsupported(failure)));
        else if (options.Csv)
            WriteRows(new Report { Source = new(SourceKind.Unknown, path), Complete = false, Error = problem, IsUnsupported = FailureText.IsUnsupported(failure) });
        return host.Fail(InputSource.NameOf(path), problem, failure);
    }

    private void Write(Report report, bool isOneOfMany)
    {
        if (options.IsJson && _isJsonLines)
        {
            _output.WriteLine(JsonReport.SingleLine(report, options.Filter.ForJson(report)));
            return;
        }

        if (options.Csv)
        {
            WriteRows(report);
            return;
        }

        if (options.Dot)
        {
            foreach (string line in WaitDiagram.Lines(report))
                _output.WriteLine(line);
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
            _output.WriteLine($"==== {InputSource.NameOf(report.Source.Path ?? "")}");
        ReportForm form = options.Form.Width is null ? options.Form with { Width = host.Width } : options.Form;
        foreach (Line line in TextReport.Lines(report, options.Filter, form))
            WriteLine(line);
        if (HangSignature.Of(report.Conclude()) is { } signature)
            _output.WriteLine($"Signature: {signature.Text}  bucket {signature.Bucket}");
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

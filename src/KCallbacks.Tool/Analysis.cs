using System.Collections.Immutable;
using System.Text;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Reports;
using KCallbacks.Reports.Json;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Text;

namespace KCallbacks.Tool;

/// <summary>Judges the threads of the inputs and writes a report for each.</summary>
internal sealed class Analysis(ToolHost host, AnalyzeOptions options)
{
    /// <summary>The codes of several inputs make one: the first of these that occurs.</summary>
    private static readonly ExitCode[] Worst = [ExitCode.InputError, ExitCode.Alert, ExitCode.Unclear, ExitCode.Fine];

    /// <summary>Files of which each gets a report of its own; more share a table.</summary>
    private const int FewFiles = 3;

    /// <summary>The shape of which the report names frames.</summary>
    private const string Reentered = "re-entered";

    private readonly List<FileSummary> _summaries = [];

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

    private ExitCode RunAll(IReadOnlyList<string> paths)
    {
        HashSet<ExitCode> codes = [];
        bool isSummed = (paths.Count > FewFiles || options.Summary || options.List) && !options.IsJson && !options.Dot;
        foreach (string path in paths)
            codes.Add(Run(path, isOneOfMany: paths.Count > 1, isSummed));
        foreach (string line in !isSummed ? [] : options.List ? FileSummary.List(_summaries) : FileSummary.Table(_summaries))
            _output.WriteLine(line);
        _output.Flush();
        return Worst.First(codes.Contains);
    }

    private ExitCode Run(string path, bool isOneOfMany, bool isSummed)
    {
        Report report;
        try
        {
            report = Read(path);
        }
        catch (Exception exception)
        {
            string problem = FailureText.OfInput(exception);
            _summaries.Add(FileSummary.Of(path, problem));
            if (options.IsJson)
                _output.WriteLine(JsonReport.Error(new ReportSource(SourceKind.Unknown, path), problem));
            return host.Fail(InputSource.NameOf(path), problem, exception);
        }

        HangResult result = report.Conclude();
        _summaries.Add(FileSummary.Of(report, result));
        if (!isSummed)
            Write(report, isOneOfMany);
        return options.Alert.CodeOf(report, result.State);
    }

    private Report Read(string path)
    {
        using InputSource source = InputSource.Open(path, options.Format, host.Input);
        var progress = new Progress(host.Error, host.Clock, InputSource.NameOf(path));
        var findings = new KeptFindings(options);
        ImmutableDictionary<int, ThreadStack>.Builder stacks = ImmutableDictionary.CreateBuilder<int, ThreadStack>();
        foreach ((ThreadStack stack, ThreadFinding finding) in source.Judge())
        {
            findings.Add(finding);
            if (IsStackKept(finding))
                stacks[stack.Thread.Position] = stack.WithoutMemory();
            progress.Report(findings.Count);
        }

        foreach (string error in source.Errors)
            host.Error.WriteLine(error);
        return findings.AddTo(new Report
        {
            Source = source.Describe(),
            Stacks = stacks.ToImmutable(),
            Waits = source.Waits,
            Complete = source.Errors.IsEmpty,
            Warnings = [.. source.Errors, .. source.Warnings],
        });
    }

    /// <summary>Stacks are kept only where an option needs them.</summary>
    private bool IsStackKept(ThreadFinding finding) =>
        finding.Shapes.Any(shape => shape.Id == Reentered)
        || ((options.Form.UsesFrames || options.Filter.UsesFrames) && (finding.Depth > 0 || finding.HasMessageLoop || options.Filter.ListsOthers));

    private void Write(Report report, bool isOneOfMany)
    {
        if (options.JsonLines)
        {
            _output.WriteLine(JsonReport.SingleLine(report, options.Filter.ForJson(report)));
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
        // Errors were told on standard error.
        Report told = report with { Warnings = [.. report.Warnings.Where(warning => !warning.Contains(": error: ", StringComparison.Ordinal))] };
        ReportForm form = options.Form.Width is null ? options.Form with { Width = host.Width } : options.Form;
        foreach (Line line in TextReport.Lines(told, options.Filter, form))
            _output.WriteLine(PlainText.Render(line));
        if (OneResult.Signature(report.Conclude()) is { } signature)
            _output.WriteLine($"Signature: {signature}");
        if (isOneOfMany)
            _output.WriteLine();
    }
}

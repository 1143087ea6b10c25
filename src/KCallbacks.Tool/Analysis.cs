using System.Collections.Immutable;
using System.Text;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Reports;
using KCallbacks.Reports.Json;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Text;

namespace KCallbacks.Tool;

/// <summary>Judges the threads of the inputs and writes a report for each.</summary>
internal sealed class Analysis(ToolHost host, AnalyzeOptions options)
{
    /// <summary>The codes of several inputs make one: the first of these that occurs.</summary>
    private static readonly ExitCode[] Worst = [ExitCode.InputError, ExitCode.CallbacksFound, ExitCode.NotJudged, ExitCode.NothingFound];

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
        foreach (string path in paths)
            codes.Add(Run(path, isOneOfMany: paths.Count > 1));
        _output.Flush();
        return Worst.First(codes.Contains);
    }

    private ExitCode Run(string path, bool isOneOfMany)
    {
        Report report;
        try
        {
            report = Read(path);
        }
        catch (Exception exception)
        {
            string problem = FailureText.OfInput(exception);
            if (options.IsJson)
                _output.WriteLine(JsonReport.Error(new ReportSource(SourceKind.Unknown, path), problem));
            return host.Fail(InputSource.NameOf(path), problem, exception);
        }

        Write(report, isOneOfMany);
        return !report.Complete ? ExitCode.InputError
            : report.Summary.WithCallback > 0 ? ExitCode.CallbacksFound
            : report.Summary.IsJudged ? ExitCode.NothingFound
            : ExitCode.NotJudged;
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

        WaitGraph? waits = source.FindWaits();
        foreach (string error in source.Errors)
            host.Error.WriteLine(error);
        return findings.AddTo(new Report
        {
            Source = source.Describe(),
            Stacks = stacks.ToImmutable(),
            Waits = waits,
            Complete = source.Errors.IsEmpty,
            Warnings = [.. source.Errors, .. source.Warnings],
        });
    }

    /// <summary>Stacks are kept only where an option needs them.</summary>
    private bool IsStackKept(ThreadFinding finding) =>
        (options.Form.UsesFrames || options.Filter.UsesFrames) && (finding.Depth > 0 || options.Filter.ListsOthers);

    private void Write(Report report, bool isOneOfMany)
    {
        if (options.JsonLines)
        {
            _output.WriteLine(JsonReport.SingleLine(report, options.Filter.ForJson(report)));
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
            _output.WriteLine(PlainText.Render(line));
        if (isOneOfMany)
            _output.WriteLine();
    }
}

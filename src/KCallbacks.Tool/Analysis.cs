using System.Collections.Immutable;
using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.Dumps.Format;
using KCallbacks.Dumps;
using KCallbacks.Reports;
using KCallbacks.Reports.Command;
using KCallbacks.Reports.Json;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Text;

namespace KCallbacks.Tool;

/// <summary>Judges the threads of the inputs and writes a report for each.</summary>
internal sealed class Analysis(ToolHost host, CommandOptions options, ReportForm form, InputFormat format)
{
    /// <summary>Analyses the inputs one after the other; an input that fails does not keep the next from being read.</summary>
    public ExitCode Run(IReadOnlyList<string> paths)
    {
        ExitCode code = ExitCode.NothingFound;
        foreach (string path in paths)
        {
            ExitCode one = Run(path, isOneOfMany: paths.Count > 1);
            code = (ExitCode)Math.Max((int)code, (int)one);
        }

        host.Output.Flush();
        return code;
    }

    private ExitCode Run(string path, bool isOneOfMany)
    {
        Report report;
        try
        {
            report = Read(path);
        }
        catch (Exception error) when (error is InputException or DumpException or IOException or UnauthorizedAccessException)
        {
            host.Error.WriteLine($"{InputSource.NameOf(path)}: error: {Explain(error)}");
            return ExitCode.InputError;
        }

        Write(report, isOneOfMany);
        return !report.Complete ? ExitCode.InputError
            : report.Summary.WithCallback > 0 ? ExitCode.CallbacksFound
            : ExitCode.NothingFound;
    }

    private static string Explain(Exception error) => error switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "it is a folder, or may not be read",
        _ => error.Message,
    };

    private Report Read(string path)
    {
        using InputSource source = InputSource.Open(path, format, host.Input);
        var detector = new CallbackDetector(source.Process);
        var progress = new Progress(host.Error, host.Clock, InputSource.NameOf(path));
        ImmutableArray<ThreadFinding>.Builder findings = ImmutableArray.CreateBuilder<ThreadFinding>();
        ImmutableDictionary<int, ThreadStack>.Builder stacks = ImmutableDictionary.CreateBuilder<int, ThreadStack>();
        int noneNotKept = 0;
        foreach (ThreadStack stack in source.ReadThreads())
        {
            ThreadFinding finding = detector.Judge(stack);
            if (IsKept(finding))
                findings.Add(finding);
            else
                noneNotKept++;
            if (IsStackKept(finding))
                stacks.Add(stack.Thread.Position, stack);
            progress.Report(findings.Count + noneNotKept);
        }

        foreach (string error in source.Errors)
            host.Error.WriteLine(error);
        return new Report
        {
            Source = source.Describe(),
            Findings = findings.DrainToImmutable(),
            NoneNotKept = noneNotKept,
            Stacks = stacks.ToImmutable(),
            Complete = source.Errors.IsEmpty,
            Warnings = [.. source.Errors, .. source.Warnings],
        };
    }

    /// <summary>A table lists threads in no callback only on demand; a log may have millions of them.</summary>
    private bool IsKept(ThreadFinding finding) =>
        form != ReportForm.Table || finding.Verdict != Verdict.None || !finding.Shapes.IsEmpty || options.ListsOthers;

    /// <summary>Stacks are kept only where an option needs them.</summary>
    private bool IsStackKept(ThreadFinding finding) => options.UsesFrames && (finding.Depth > 0 || options.ListsOthers);

    private void Write(Report report, bool isOneOfMany)
    {
        switch (form)
        {
            case ReportForm.JsonLines:
                host.Output.WriteLine(JsonReport.SingleLine(report, ThreadFilter.ForJson(report, options)));
                break;
            case ReportForm.Json:
                foreach (string line in JsonReport.Lines(report, ThreadFilter.ForJson(report, options)))
                    host.Output.WriteLine(line);
                break;
            default:
                WriteTable(report, isOneOfMany);
                break;
        }
    }

    private void WriteTable(Report report, bool isOneOfMany)
    {
        if (isOneOfMany)
            host.Output.WriteLine($"{report.Source.Path}:");
        foreach (Line line in TextReport.Lines(report, options))
            host.Output.WriteLine(PlainText.Render(line));
        if (isOneOfMany)
            host.Output.WriteLine();
    }
}

using System.Collections.Immutable;
using System.CommandLine;
using KCallbacks.Dumps;
using KCallbacks.Reports;
using KCallbacks.Reports.Comparing;
using KCallbacks.Reports.Markup;
using KCallbacks.Tool.Inputs;

namespace KCallbacks.Tool;

/// <summary><c>kcallbacks compare A B...</c>: which threads of a process stand where they stood.</summary>
internal sealed class CompareCommand : Command
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Two or more captures of one process in the order in which they were made: dumps, recordings, JSON reports, printed stacks.",
        Arity = new ArgumentArity(2, 100),
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object." };

    private readonly Option<string> _images = new("--images") { Description = "Images of the modules that dumps do not hold.", HelpName = "FOLDER" };

    private readonly ToolHost _host;

    /// <summary>The command, ready to be invoked.</summary>
    public CompareCommand(ToolHost host)
        : base("compare", "Says which threads stand where they stood, from one capture of a process to the next. Exit code: 0 nothing hangs, 1 stuck, deadlock or blocked UI thread, 2 input error, 3 unclear.")
    {
        _host = host;
        Add(_files);
        Add(_json);
        Add(_images);
        _images.Validators.Add(ImagesOption.Check);
        SetAction(parsed => (int)Run(parsed.GetValue(_files)!, parsed.GetValue(_json), parsed.GetValue(_images)));
    }

    private ExitCode Run(string[] files, bool isJson, string? images)
    {
        var options = new AnalyzeOptions { Inputs = new(InputFormat.Auto, images is null ? null : new ImageFolder(images)), WithCapture = true };
        Input[] inputs = ExpandedInputs.Of(files, options.Inputs, _host);
        if (inputs.Length < 2)
            throw new InputException("two captures are compared, and there is one");
        InputOutcome[] outcomes = [.. new InputReader(_host, options, inputs).Outcomes()];
        foreach (InputOutcome outcome in outcomes)
            Tell(outcome);
        if (outcomes.Any(outcome => outcome.Report is null))
            return ExitCode.InputError;
        ImmutableArray<Report> reports = [.. outcomes.Select(outcome => outcome.Report!)];
        return Compare(reports, isJson);
    }

    private void Tell(InputOutcome outcome)
    {
        if (outcome.Failure is { } failure)
            _host.Fail(InputSource.NameOf(outcome.Path), FailureText.OfInput(failure), failure);
        foreach (string error in outcome.Errors)
            _host.Error.WriteLine(error);
    }

    private void Write(Line line)
    {
        if (_host.WritesColours && _host.Output is TerminalWriter terminal)
            terminal.WriteColoured(line);
        else
            _host.Output.WriteLine(PlainText.Render(line));
    }

    private ExitCode Compare(ImmutableArray<Report> reports, bool isJson)
    {
        Comparison comparison;
        try
        {
            comparison = Comparison.Of(reports);
        }
        catch (ArgumentException wrong)
        {
            throw new InputException(wrong.Message);
        }

        if (isJson)
        {
            _host.Output.WriteLine(ComparisonJson.Of(comparison));
        }
        else
        {
            foreach (Line line in ComparisonText.Lines(comparison, _host.Width))
                Write(line);
        }

        _host.Output.Flush();
        return reports.All(report => report.Complete) ? AlertStates.Usual.CodeOf(comparison.After, comparison.State) : ExitCode.InputError;
    }
}

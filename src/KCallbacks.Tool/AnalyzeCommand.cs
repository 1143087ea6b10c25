using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using KCallbacks.Dumps;
using KCallbacks.Reports.Options;
using KCallbacks.Tool.Inputs;

namespace KCallbacks.Tool;

/// <summary><c>kcallbacks analyze FILE...</c>: options of the command line.</summary>
internal sealed class AnalyzeCommand : Command
{
    /// <summary>What is typed for it.</summary>
    public const string Word = "analyze";

    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Minidumps, printed stacks, recordings of !kcallbacks -record, JSON reports of an earlier run, also packed (.gz, .zip); folders, patterns, @LIST for those that a file names; - or none for standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _format = new("--format")
    {
        Description = "What the input is, if its content does not tell: auto, text, recording or dump.",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<string> _images = new("--images")
    {
        Description = "Images of the modules that dumps do not hold: a folder with the files, or a symbol store. Nothing is downloaded.",
        HelpName = "FOLDER",
    };

    private readonly Option<bool> _jsonLines = new("--jsonl") { Description = "Print JSON lines: one object per file and line." };

    private readonly Option<bool> _csv = new("--csv") { Description = "Print rows for a spreadsheet: one per thread, its innermost callback beside it." };

    private readonly Option<string> _colour = new("--color")
    {
        Description = "Use colours: auto (on a terminal, unless NO_COLOR is set), always or never.",
        HelpName = "WHEN",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<string> _html = new("--html") { Description = "Also write the report of one input as a page, in one file that fetches nothing.", HelpName = "FILE" };

    private readonly Option<string> _output = new("--output", "-o") { Description = "Write the report into this file, whole or not at all, instead of printing it.", HelpName = "FILE" };

    private readonly Option<string> _alertOn = new("--alert-on")
    {
        Description = $"States for which the exit code is 1: {AlertStates.Words}. Default deadlock,stuck,blocked; callback: any thread in a callback.",
        HelpName = "STATES",
    };

    private readonly Option<bool> _dot = new("--dot") { Description = "Print the waits as a graph in the language of Graphviz." };

    private readonly Option<bool> _summary = new("--summary") { Description = "One table for all files, as from 4 files on." };

    private readonly Option<bool> _list = new("--list", "-l") { Description = "One line per file: name, state, threads, signature." };

    private readonly ImmutableArray<SharedOption<AnalyzeOptions>> _shared = [.. AnalyzeOptions.Shared.Select(row => new SharedOption<AnalyzeOptions>(row))];

    /// <summary>The command, ready to be invoked.</summary>
    public AnalyzeCommand(ToolHost host)
        : base(Word, "Says of each file what hangs and who must let go. Exit code: 0 nothing hangs, 1 deadlock or blocked UI thread (--alert-on), 2 input error, 3 unclear: not every thread could be judged.")
    {
        Add(_files);
        foreach (Option option in (Option[])[.. _shared.Select(option => option.Symbol), _jsonLines, _csv, _dot, _summary, _list, _alertOn, _html, _output, _colour, _images, _format])
            Add(option);

        _files.Validators.Add(RefuseOptions);
        _images.Validators.Add(ImagesOption.Check);
        _colour.AcceptOnlyFromAmong("auto", "always", "never");
        _format.AcceptOnlyFromAmong("auto", "text", "recording", "dump");
        _alertOn.Validators.Add(CheckStates);
        SetAction(parsed => (int)new Analysis(host, OptionsOf(parsed)).Run(PathsOf(parsed)));
    }

    /// <summary>A word with a dash that is no option would pass for a file.</summary>
    private void RefuseOptions(ArgumentResult files)
    {
        string[] names = [.. Options.SelectMany(option => option.Aliases.Prepend(option.Name))];
        foreach (string word in files.Tokens.Select(token => token.Value).Where(word => word.Length > 1 && word.StartsWith('-')))
            files.AddError($"Unknown option '{word}'. The nearest option is {SpellingDistance.Nearest(word, names)}.");
    }

    private static void CheckStates(OptionResult states)
    {
        if (states.Tokens is [var token] && AlertStates.Parse(token.Value) is null)
            states.AddError($"--alert-on {token.Value}: states are {AlertStates.Words}.");
    }

    private AnalyzeOptions OptionsOf(ParseResult parsed)
    {
        AnalyzeOptions options = _shared.Aggregate(new AnalyzeOptions(), (all, option) => option.AddTo(all, parsed));
        return options with
        {
            JsonLines = parsed.GetValue(_jsonLines),
            Html = parsed.GetValue(_html),
            Csv = parsed.GetValue(_csv),
            Colour = parsed.GetValue(_colour) switch { "always" => true, "never" => false, _ => null },
            Alert = parsed.GetValue(_alertOn) is { } states ? AlertStates.Parse(states)! : AlertStates.Usual,
            Dot = parsed.GetValue(_dot),
            Summary = parsed.GetValue(_summary),
            List = parsed.GetValue(_list),
            OutputFile = parsed.GetValue(_output),
            Inputs = new(
                parsed.GetValue(_format) switch { "text" => InputFormat.Text, "recording" => InputFormat.Recording, "dump" => InputFormat.Dump, _ => InputFormat.Auto },
                parsed.GetValue(_images) is { } folder ? new ImageFolder(folder) : null),
        };
    }

    private string[] PathsOf(ParseResult parsed) => parsed.GetValue(_files) is { Length: > 0 } given ? given : [InputSource.StandardInput];
}

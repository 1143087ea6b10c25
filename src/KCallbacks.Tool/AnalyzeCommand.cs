using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using KCallbacks.Reports.Command;

namespace KCallbacks.Tool;

/// <summary><c>kcallbacks analyze FILE...</c>: options of the command line.</summary>
internal sealed class AnalyzeCommand : Command
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Recorded stacks, recordings of !kcallbacks -record, minidumps; - or none for standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> _format = new("--format")
    {
        Description = "What the input is, if its content does not tell: auto, text, recording or dump.",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON (docs/json.md) instead of the table." };
    private readonly Option<bool> _jsonLines = new("--jsonl") { Description = "Print JSON lines: one object per file and line." };
    private readonly Option<bool> _all = new("--all", "-a") { Description = "List every thread, not only those in a callback." };
    private readonly Option<string> _threads = new("--threads", "-t") { Description = "Only these threads: 0,3-7 by number, 0x1a2c by system id.", HelpName = "LIST" };
    private readonly Option<string> _pattern = new("--match", "-m") { Description = "Only threads with this module or function; * and ? match whole names.", HelpName = "PATTERN" };
    private readonly Option<int> _depth = new("--depth", "-d") { Description = "Only threads with at least so many nested callbacks.", HelpName = "N" };
    private readonly Option<bool> _atReturn = new("--at-return", "-r") { Description = "Only threads at ZwCallbackReturn." };
    private readonly Option<bool> _invert = new("--invert", "-i") { Description = "Exactly the threads that are left out without it." };
    private readonly Option<bool> _group = new("--group", "-g") { Description = "One row for all threads with the same stack." };
    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Show the stacks, callback frames marked, with the reasons." };

    /// <summary>The command, ready to be invoked.</summary>
    public AnalyzeCommand(ToolHost host)
        : base("analyze", "Judges every thread of the files. Exit code: 0 no callback, 1 callbacks found, 2 input error.")
    {
        Add(_files);
        foreach (Option option in (Option[])[_json, _jsonLines, _format, _all, _threads, _pattern, _depth, _atReturn, _invert, _group, _verbose])
            Add(option);

        _files.Validators.Add(RefuseOptions);
        _format.AcceptOnlyFromAmong("auto", "text", "recording", "dump");
        _depth.Validators.Add(CheckDepth);
        _threads.Validators.Add(CheckThreads);
        Validators.Add(CheckJson);
        SetAction(parsed => (int)new Analysis(host, OptionsOf(parsed), FormOf(parsed), FormatOf(parsed)).Run(PathsOf(parsed)));
    }

    /// <summary>A word with a dash that is no option would pass for a file.</summary>
    private void RefuseOptions(ArgumentResult files)
    {
        string[] names = [.. Options.SelectMany(option => option.Aliases.Prepend(option.Name))];
        foreach (string word in files.Tokens.Select(token => token.Value).Where(word => word.Length > 1 && word.StartsWith('-')))
            files.AddError($"Unknown option '{word}'. The nearest option is {SpellingDistance.Nearest(word, names)}.");
    }

    private static void CheckDepth(OptionResult depth)
    {
        if (depth.Tokens is [var number] && !int.TryParse(number.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            depth.AddError($"--depth {number.Value}: a depth is a number from 0, for example --depth 2.");
    }

    private static void CheckThreads(OptionResult threads)
    {
        if (threads.Tokens is [var list] && !ThreadRange.TryParseList(list.Value, out _, out string? problem))
            threads.AddError($"--threads {list.Value}: {problem}.");
    }

    private void CheckJson(CommandResult command)
    {
        if (command.GetResult(_json) is not null && command.GetResult(_jsonLines) is null && command.GetResult(_files)?.Tokens.Count > 1)
            command.AddError("--json writes one object; for several files use --jsonl, one object per line.");
    }

    private CommandOptions OptionsOf(ParseResult parsed) => new()
    {
        All = parsed.GetValue(_all),
        Threads = parsed.GetValue(_threads) is { } list && ThreadRange.TryParseList(list, out ImmutableArray<ThreadRange> ranges, out _) ? ranges : [],
        Pattern = parsed.GetValue(_pattern),
        MinDepth = parsed.GetValue(_depth),
        AtReturnOnly = parsed.GetValue(_atReturn),
        Invert = parsed.GetValue(_invert),
        Group = parsed.GetValue(_group),
        Verbose = parsed.GetValue(_verbose),
    };

    private ReportForm FormOf(ParseResult parsed) =>
        parsed.GetValue(_jsonLines) ? ReportForm.JsonLines
        : parsed.GetValue(_json) ? ReportForm.Json
        : ReportForm.Table;

    private InputFormat FormatOf(ParseResult parsed) => Enum.Parse<InputFormat>(parsed.GetValue(_format)!, ignoreCase: true);

    private string[] PathsOf(ParseResult parsed) => parsed.GetValue(_files) is { Length: > 0 } given ? given : [InputSource.StandardInput];
}

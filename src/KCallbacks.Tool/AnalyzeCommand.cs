using System.CommandLine;
using System.Globalization;
using KCallbacks.Reports;

namespace KCallbacks.Tool;

/// <summary><c>kcallbacks analyze FILE...</c>: options of the command line.</summary>
internal static class AnalyzeCommand
{
    /// <summary>The command, ready to be invoked.</summary>
    public static Command Create(ToolHost host)
    {
        var files = new Argument<string[]>("FILE") { Description = "Recorded stacks, recordings of !kcallbacks -record, minidumps; - or none for standard input.", Arity = ArgumentArity.ZeroOrMore };
        var json = new Option<bool>("--json") { Description = "Print JSON (docs/json.md) instead of the table." };
        var jsonLines = new Option<bool>("--jsonl") { Description = "Print JSON lines: one object per file and line." };
        var format = new Option<string>("--format") { Description = "What the input is, if its content does not tell: auto, text, recording or dump.", HelpName = "FORMAT", DefaultValueFactory = _ => "auto" };
        format.AcceptOnlyFromAmong("auto", "text", "recording", "dump");
        var all = new Option<bool>("--all", "-a") { Description = "List every thread, not only those in a callback." };
        var threads = new Option<string>("--threads", "-t") { Description = "Only these threads: 0,3-7 by number, 0x1a2c by system id.", HelpName = "LIST" };
        var pattern = new Option<string>("--match", "-m") { Description = "Only threads with this module or function; * and ? match whole names.", HelpName = "PATTERN" };
        var depth = new Option<int>("--depth", "-d") { Description = "Only threads with at least so many nested callbacks.", HelpName = "N" };
        var atReturn = new Option<bool>("--at-return", "-r") { Description = "Only threads at ZwCallbackReturn." };
        var invert = new Option<bool>("--invert", "-i") { Description = "Exactly the threads that are left out without it." };
        var group = new Option<bool>("--group", "-g") { Description = "One row for all threads with the same stack." };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Show the stacks, callback frames marked, with the reasons." };
        var command = new Command("analyze", "Judges every thread of the files. Exit code: 0 no callback, 1 callbacks found, 2 input error.")
        {
            files, json, jsonLines, format, all, threads, pattern, depth, atReturn, invert, group, verbose,
        };

        files.Validators.Add(result =>
        {
            foreach (string word in result.Tokens.Select(token => token.Value).Where(word => word.Length > 1 && word.StartsWith('-')))
                result.AddError($"Unknown option '{word}'. The nearest option is {SpellingDistance.Nearest(word, command.Options.SelectMany(option => option.Aliases.Prepend(option.Name)))}.");
        });
        command.Validators.Add(result =>
        {
            if (result.GetResult(json) is not null && result.GetResult(jsonLines) is null && result.GetResult(files)?.Tokens.Count > 1)
                result.AddError("--json writes one object; for several files use --jsonl, one object per line.");
        });
        depth.Validators.Add(result =>
        {
            if (result.Tokens is [var number] && !int.TryParse(number.Value, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                result.AddError($"--depth {number.Value}: a depth is a number from 0, for example --depth 2.");
        });
        threads.Validators.Add(result =>
        {
            if (result.Tokens is [var list] && !ThreadRange.TryParseList(list.Value, out _, out string? problem))
                result.AddError($"--threads {list.Value}: {problem}.");
        });

        command.SetAction(parsed =>
        {
            var options = new CommandOptions
            {
                All = parsed.GetValue(all),
                Threads = parsed.GetValue(threads) is { } list && ThreadRange.TryParseList(list, out var ranges, out _) ? ranges : [],
                Pattern = parsed.GetValue(pattern),
                MinDepth = parsed.GetValue(depth),
                AtReturnOnly = parsed.GetValue(atReturn),
                Invert = parsed.GetValue(invert),
                Group = parsed.GetValue(group),
                Verbose = parsed.GetValue(verbose),
            };
            ReportForm form = parsed.GetValue(jsonLines) ? ReportForm.JsonLines : parsed.GetValue(json) ? ReportForm.Json : ReportForm.Table;
            string[] paths = parsed.GetValue(files) is { Length: > 0 } given ? given : [InputSource.StandardInput];
            return (int)new Analysis(host, options, form, Enum.Parse<InputFormat>(parsed.GetValue(format)!, ignoreCase: true)).Run(paths);
        });
        return command;
    }
}

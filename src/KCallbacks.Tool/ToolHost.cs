using System.CommandLine;
using System.CommandLine.Help;
using KCallbacks.Reports;
using KCallbacks.Reports.Json;
using KCallbacks.Reports.Options;
using KCallbacks.Tool.Guide;
using KCallbacks.Tool.Install;
using KCallbacks.Triage.Workers;

namespace KCallbacks.Tool;

/// <summary>The tool with everything it touches of the outer world, so that tests run it as it is.</summary>
/// <param name="input">Standard input.</param>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
/// <param name="clock">Tells when progress is due.</param>
/// <param name="width">Characters of a line of the terminal that standard output is; null when it is none.</param>
internal sealed class ToolHost(Stream input, TextWriter output, TextWriter error, TimeProvider clock, int? width = null)
{
    /// <summary>Characters of a line where no terminal sets them: all columns fit.</summary>
    private const int WidthOfFiles = 160;

    private const int NarrowestTerminal = 60;

    /// <summary>Characters of a line.</summary>
    internal int Width { get; } = width is { } known ? Math.Max(known, NarrowestTerminal) : WidthOfFiles;

    /// <summary>Standard input.</summary>
    internal Stream Input => input;

    /// <summary>Opens standard output for what is no text; null where there is none.</summary>
    public Func<Stream>? OpenOutput { get; init; }

    /// <summary>Standard output.</summary>
    internal TextWriter Output { get; } = new TerminalWriter(output);

    /// <summary>Standard error.</summary>
    internal TextWriter Error { get; } = new TerminalWriter(error);

    /// <summary>Standard output as it is, for lines that only a program reads.</summary>
    internal TextWriter PlainOutput => output;

    /// <summary>The clock.</summary>
    internal TimeProvider Clock => clock;

    /// <summary>Threads for what may take its time, or never end.</summary>
    internal BackgroundThreads Threads { get; } = new();

    /// <summary>Whether standard input is a terminal, where nothing comes from until somebody types it.</summary>
    public bool ReadsTerminal { get; init; }

    /// <summary>Whether standard output is a terminal that shows colours.</summary>
    public bool WritesColours { get; init; }

    /// <summary>How a process of this program is started that reads inputs for <c>triage</c>.</summary>
    public WorkerStart Worker { get; init; } = WorkerStart.OfThisProgram(TriageWorker.Verb);

    /// <summary>Runs the command line. Whatever happens becomes one line on standard error and an exit code; nothing is thrown.</summary>
    public ExitCode Run(string[] arguments)
    {
        try
        {
            ExitCode code = RunCommand(arguments);
            Output.Flush();
            return code;
        }
        catch (Exception exception)
        {
            return Fail("kcallbacks", FailureText.Of(exception), exception);
        }
    }

    /// <summary>Says what went wrong, and with <c>--debug</c> where.</summary>
    /// <param name="subject">Which input, or the tool itself.</param>
    /// <param name="problem">What went wrong, in one line.</param>
    /// <param name="exception">What was thrown.</param>
    /// <returns>Always <see cref="ExitCode.InputError"/>, so that no fault is taken for a finding.</returns>
    internal ExitCode Fail(string subject, string problem, Exception exception)
    {
        try
        {
            Error.WriteLine($"{subject}: error: {problem}");
            if (ShowsTraces)
                Error.Write($"{exception}\n");
        }
        catch (IOException)
        {
            // Nobody can be told; the exit code still says it.
        }

        return ExitCode.InputError;
    }

    private bool ShowsTraces { get; set; }

    private ExitCode RunCommand(string[] arguments)
    {
        if (arguments is [TriageWorker.Verb, .. var words])
            return new TriageWorker(this, words).Run();
        if (arguments is [AnalyzeCommand.Word, _, ..] && !arguments.Any(MayBeOption))
            return new Analysis(this, new AnalyzeOptions()).Run(arguments[1..]);
        var debug = new Option<bool>("--debug") { Description = "Show where an error arose in the program, for a report of it.", Recursive = true };
        var root = new Command("kcallbacks", "Says what hangs a Windows program and who must let go, by its dumps and printed stacks: which threads wait for whom, also across the kernel's calls back into user mode (KeUserModeCallback).") { debug };
        AddCommands(root);
        ParseResult parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        ShowsTraces = parsed.GetValue(debug);
        return parsed.Errors.Count > 0
            ? Refuse(parsed, root, isJson: arguments.Any(word => word is "--json" or "--jsonl"))
            : (ExitCode)parsed.Invoke(new InvocationConfiguration { Output = Output, Error = Error, EnableDefaultExceptionHandler = false });
    }

    /// <summary>Files alone are analysed without a parser of options, which would take a fifth of the time of a small dump.</summary>
    private static bool MayBeOption(string word) => word is "" or "/h" or "/?" || word[0] == '-';

    private void AddCommands(Command root)
    {
        root.Add(new HelpOption { Action = new ExampleHelp() });
        root.Add(new VersionOption("--version", "-V"));
        root.Add(new AnalyzeCommand(this));
        root.Add(new CompareCommand(this));
        root.Add(new TriageCommand(this));
        root.Add(new McpCommand(this));
        foreach (Command command in InstallCommands.Create(Output).Concat(GuideCommands.Create(root, Output)))
            root.Add(command);
    }

    private ExitCode Refuse(ParseResult parsed, Command root, bool isJson)
    {
        string[] errors = [.. Errors(parsed, root)];
        foreach (string wrong in errors)
            Error.WriteLine($"kcallbacks: {wrong}");
        Command command = parsed.CommandResult.Command;
        Error.WriteLine($"kcallbacks: Run 'kcallbacks {(command == root ? "" : CommandName.Of(command) + " ")}--help' for usage.");
        if (isJson)
            Output.WriteLine(JsonReport.Error(new ReportSource(SourceKind.Unknown), string.Join(' ', errors)));
        Output.Flush();
        return ExitCode.InputError;
    }

    /// <summary>A word that is like no command is no misspelling.</summary>
    private static string Unknown(string word, string[] commands) =>
        SpellingDistance.Nearest(word, commands) is var nearest && SpellingDistance.Between(word, nearest) <= nearest.Length / 2
            ? $"Unknown command '{word}'. The nearest command is {nearest}."
            : $"Unknown command '{word}'. Commands: {string.Join(", ", commands)}.";

    /// <summary>What is wrong; where the command itself is, one line says what was meant.</summary>
    private static IEnumerable<string> Errors(ParseResult parsed, Command root)
    {
        if (parsed.CommandResult.Command != root || parsed.Errors.Count == 0)
            return parsed.Errors.Select(wrong => string.Join(' ', wrong.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        if (parsed.UnmatchedTokens is not [var word, ..])
            return [$"A command is expected: {string.Join(", ", root.Subcommands.Select(command => command.Name))}."];
        return
        [
            File.Exists(word)
                ? $"'{word}' is a file, and a command is expected: kcallbacks analyze {word}"
                : Unknown(word, [.. root.Subcommands.Select(command => command.Name)]),
        ];
    }
}

using System.CommandLine;
using System.CommandLine.Help;
using KCallbacks.Reports;
using KCallbacks.Reports.Json;
using KCallbacks.Reports.Options;
using KCallbacks.Tool.Install;

namespace KCallbacks.Tool;

/// <summary>The tool with everything it touches of the outer world, so that tests run it as it is.</summary>
/// <param name="input">Standard input.</param>
/// <param name="output">Standard output.</param>
/// <param name="error">Standard error.</param>
/// <param name="clock">Tells when progress is due.</param>
internal sealed class ToolHost(Stream input, TextWriter output, TextWriter error, TimeProvider clock)
{
    /// <summary>Standard input.</summary>
    internal Stream Input => input;

    /// <summary>Standard output.</summary>
    internal TextWriter Output { get; } = new TerminalWriter(output);

    /// <summary>Standard error.</summary>
    internal TextWriter Error { get; } = new TerminalWriter(error);

    /// <summary>The clock.</summary>
    internal TimeProvider Clock => clock;

    /// <summary>Runs the command line; never throws for what the user or an input does wrong.</summary>
    public ExitCode Run(string[] arguments)
    {
        var root = new Command("kcallbacks", "Finds threads that are inside a kernel-to-user callback (KeUserModeCallback), in stacks that were printed or recorded and in minidumps.")
        {
            new HelpOption(),
            new VersionOption(),
            new AnalyzeCommand(this),
        };
        foreach (Command command in InstallCommands.Create(Output, TryInstall))
            root.Add(command);

        ParseResult parsed = root.Parse(arguments);
        return parsed.Errors.Count > 0
            ? Refuse(parsed, root, isJson: arguments.Any(word => word is "--json" or "--jsonl"))
            : (ExitCode)parsed.Invoke(new InvocationConfiguration { Output = Output, Error = Error });
    }

    private ExitCode Refuse(ParseResult parsed, Command root, bool isJson)
    {
        string[] errors = [.. Errors(parsed, root)];
        foreach (string wrong in errors)
            Error.WriteLine($"kcallbacks: {wrong}");
        Command command = parsed.CommandResult.Command;
        Error.WriteLine($"kcallbacks: Run 'kcallbacks {(command == root ? "" : command.Name + " ")}--help' for usage.");
        if (isJson)
            Output.WriteLine(JsonReport.Error(new ReportSource(SourceKind.Unknown), string.Join(' ', errors)));
        Output.Flush();
        return ExitCode.InputError;
    }

    private int TryInstall(Action action)
    {
        try
        {
            action();
            return (int)ExitCode.NothingFound;
        }
        catch (Exception exception) when (exception is InstallException or IOException or UnauthorizedAccessException)
        {
            Error.WriteLine($"kcallbacks: {exception.Message}");
            return (int)ExitCode.InputError;
        }
    }

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
                : $"Unknown command '{word}'. The nearest command is {SpellingDistance.Nearest(word, root.Subcommands.Select(command => command.Name))}.",
        ];
    }
}

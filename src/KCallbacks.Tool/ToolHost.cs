using System.CommandLine;
using System.CommandLine.Help;
using KCallbacks.Reports.Command;
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
    internal TextWriter Output => output;

    /// <summary>Standard error.</summary>
    internal TextWriter Error => error;

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
        foreach (Command command in InstallCommands.Create(output, TryInstall))
            root.Add(command);

        ParseResult parsed = root.Parse(arguments);
        foreach (string wrong in Errors(parsed, root))
            error.WriteLine($"kcallbacks: {wrong}");
        if (parsed.Errors.Count > 0)
        {
            Command command = parsed.CommandResult.Command;
            error.WriteLine($"kcallbacks: 'kcallbacks {(command == root ? "" : command.Name + " ")}--help' shows what can be written.");
            return ExitCode.InputError;
        }

        return (ExitCode)parsed.Invoke(new InvocationConfiguration { Output = output, Error = error });
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
            error.WriteLine($"kcallbacks: {exception.Message}");
            return (int)ExitCode.InputError;
        }
    }

    /// <summary>What is wrong; where the command itself is, one line says what was meant.</summary>
    private static IEnumerable<string> Errors(ParseResult parsed, Command root)
    {
        if (parsed.CommandResult.Command != root || parsed.Errors.Count == 0)
            return parsed.Errors.Select(wrong => wrong.Message);
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

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace KCallbacks.Tool.Guide;

/// <summary>The help of a command, and below it how it is used.</summary>
internal sealed class ExampleHelp : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new();

    /// <summary>Leaves the command's errors to the help, as the help itself does.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = _help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        Command command = parseResult.CommandResult.Command;
        IReadOnlyList<Example> examples = [.. Example.Of(CommandName.Of(command)), .. command.Subcommands.SelectMany(below => Example.Of(CommandName.Of(below)).Take(1))];
        if (examples.Count == 0)
            return code;
        output.WriteLine("Examples:");
        foreach (Example example in examples)
        {
            output.WriteLine($"  {example.Line}");
            output.WriteLine($"      {example.Meaning}");
        }

        output.WriteLine();
        return code;
    }
}

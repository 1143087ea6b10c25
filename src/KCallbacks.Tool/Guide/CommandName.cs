using System.Collections.Immutable;
using System.CommandLine;

namespace KCallbacks.Tool.Guide;

/// <summary>Names of commands as they are typed: those of commands below commands have several words.</summary>
internal static class CommandName
{
    /// <summary>For example <c>triage merge</c>; empty for the program itself.</summary>
    public static string Of(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is not { } parent ? "" : $"{Of(parent)} {command.Name}".TrimStart();

    /// <summary>All commands below one, each before those below it.</summary>
    public static ImmutableArray<Command> Below(Command command) => [.. command.Subcommands.SelectMany(below => Below(below).Prepend(below))];
}

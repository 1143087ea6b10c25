using System.Collections.Immutable;
using System.Globalization;

namespace KCallbacks.Reports.Command;

/// <summary>One option of the command: parser and help are made from the same table.</summary>
/// <param name="Name">With its dash, for example <c>-t</c>.</param>
/// <param name="Argument">What follows it, for example <c>LIST</c>; null when nothing does.</param>
/// <param name="Help">What it does, a line each.</param>
/// <param name="Apply">Adds it to the options; throws <see cref="FormatException"/> with the reason when the argument is malformed.</param>
internal sealed record CommandOption(
    string Name,
    string? Argument,
    ImmutableArray<string> Help,
    Func<CommandOptions, string, CommandOptions> Apply)
{
    /// <summary>All options, in the order of the help.</summary>
    public static ImmutableArray<CommandOption> All { get; } =
    [
        Switch("-a", options => options with { All = true }, "list every thread one by one; in groups (-g) every id"),
        new("-t", "LIST", ["only these threads, whatever their verdict: debugger's numbers, ranges,", "system ids: 0,3-7,0x1a2c,~~[1a2c]"],
            (options, text) => options with { Threads = options.Threads.AddRange(ParseThreads(text)) }),
        new("-m", "PATTERN", ["only threads with this in a module or function name; * and ? match the", "whole of module!function, module or function: -m *LoadLibrary*"],
            (options, text) => options with { Pattern = text }),
        new("-d", "N", ["only threads with at least N callbacks nested"],
            (options, text) => options with { MinDepth = ParseDepth(text) }),
        Switch("-r", options => options with { AtReturnOnly = true }, "only threads at ZwCallbackReturn"),
        Switch("-i", options => options with { Invert = true }, "invert: exactly the threads that are left out without -i"),
        Switch("-g", options => options with { Group = true }, "one row for all threads with the same stack"),
        Switch("-v", options => options with { Verbose = true }, "stacks: callback frames marked, kernel crossings shown, reasons"),
        Switch("-json", options => options with { Json = true }, "print JSON, all threads unless a filter is given (docs/json.md)"),
        new("-jsonfile", "FILE", ["write the JSON into a file on the debug engine's machine"],
            (options, text) => options with { JsonFile = text }),
        new("-record", "FILE", ["write a recording without loss, to send a case without its dump;", "on the debug engine's machine, not in secure mode"],
            (options, text) => options with { RecordFile = text }),
        Switch("-walk", options => options with { Walk = true }, "let the engine walk every stack, not only those that memory points to"),
        Switch("-stats", options => options with { Statistics = true }, "say where the time went"),
        new("-p", "WHICH", ["kernel session: all, or a process by id, name or EPROCESS address"],
            (options, text) => options with { Process = text }),
        Switch("-u", options => options with { UserHalves = true }, "kernel session: load user modules where there are callbacks (.reload /user)"),
        Switch("-version", options => options with { Version = true }, "print the version"),
        Switch("-?", options => options with { Help = true }, "print this help"),
    ];

    private static CommandOption Switch(string name, Func<CommandOptions, CommandOptions> apply, string help) =>
        new(name, null, [help], (options, _) => apply(options));

    private static ImmutableArray<ThreadRange> ParseThreads(string text) =>
        ThreadRange.TryParseList(text, out ImmutableArray<ThreadRange> ranges, out string? problem) ? ranges : throw new FormatException(problem);

    private static int ParseDepth(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int depth) && depth > 0
            ? depth
            : throw new FormatException("a depth is a number from 1, for example -d 2");
}

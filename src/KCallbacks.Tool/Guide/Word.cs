using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Completions;

namespace KCallbacks.Tool.Guide;

/// <summary>An option as completion and manual see it.</summary>
/// <param name="Names">How it is written, the short form first.</param>
/// <param name="Argument">What follows it; null when nothing does.</param>
/// <param name="Values">The words that may follow; empty when any may.</param>
/// <param name="Meaning">What it does, one sentence.</param>
internal sealed record Word(ImmutableArray<string> Names, string? Argument, ImmutableArray<string> Values, string Meaning)
{
    /// <summary>The options of a command, with those that all commands have.</summary>
    public static ImmutableArray<Word> Of(Command command, Command root) =>
        [.. command.Options.Concat(command == root ? [] : root.Options.Where(option => option.Recursive)).Where(option => !option.Hidden).Select(Of)];

    private static Word Of(Option option)
    {
        bool isFlag = option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0;
        return new(
            [.. option.Aliases.Append(option.Name).Where(name => name[0] == '-' && name != "-?").Distinct().OrderBy(name => name.Length)],
            isFlag ? null : option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant(),
            isFlag ? [] : [.. option.GetCompletions(CompletionContext.Empty).Select(item => item.Label)],
            option.Description ?? "");
    }
}

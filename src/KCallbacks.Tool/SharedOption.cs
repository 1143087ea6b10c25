using System.CommandLine;
using System.CommandLine.Parsing;
using KCallbacks.Reports.Options;

namespace KCallbacks.Tool;

/// <summary>An option of a command of the tool that is made from a table of options.</summary>
/// <typeparam name="T">What it is added to.</typeparam>
internal sealed class SharedOption<T>
    where T : new()
{
    private readonly CommandOption<T> _row;

    /// <summary>Makes the option of a row of the table.</summary>
    public SharedOption(CommandOption<T> row)
    {
        _row = row;
        Symbol = row.Argument is { } argument ? WithArgument(row, argument) : new Option<bool>(row.LongName, NamesOf(row)) { Description = Sentence(row.Help) };
        Symbol.Validators.Add(Check);
    }

    /// <summary>The option as the command line has it.</summary>
    public Option Symbol { get; }

    /// <summary>Adds what the user typed.</summary>
    public T AddTo(T options, ParseResult parsed) => parsed.GetResult(Symbol) is not { Implicit: false } result
        ? options
        : _row.Argument is null
            ? result.GetValueOrDefault<bool>() ? _row.Apply(options, "") : options
            : result.Tokens.Aggregate(options, (all, token) => _row.Apply(all, token.Value));

    private static Option<string[]> WithArgument(CommandOption<T> row, string argument) => new(row.LongName, NamesOf(row))
    {
        Description = Sentence(row.Help),
        HelpName = argument,
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>One dash stands before a single letter only, as programs have it.</summary>
    private static string[] NamesOf(CommandOption<T> row) =>
        [.. row.Aliases.Prepend(row.Name).Where(name => name.Length == 2 || name.StartsWith("--", StringComparison.Ordinal))];

    private static string Sentence(string help) => $"{char.ToUpperInvariant(help[0])}{help[1..]}.";

    private void Check(OptionResult result)
    {
        try
        {
            foreach (Token token in _row.Argument is null ? [] : result.Tokens)
                _row.Apply(new T(), token.Value);
        }
        catch (FormatException wrong)
        {
            result.AddError($"{_row.LongName} {string.Join(' ', result.Tokens.Select(token => token.Value))}: {wrong.Message}.");
        }
    }
}

using System.Collections.Immutable;
using System.Text;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Options;

namespace KCallbacks.Extension.Command;

/// <summary>Reads a line of options by a table of them. Names are not case-sensitive; arguments with blanks stand in double quotes.</summary>
/// <typeparam name="T">What the options are added to.</typeparam>
/// <param name="table">The options.</param>
/// <param name="usage">Where all options are found: ends what is said of a word that is none.</param>
internal sealed class CommandLine<T>(ImmutableArray<CommandOption<T>> table, string usage)
{
    /// <summary>Adds a line's options to those without any.</summary>
    /// <exception cref="CommandSyntaxException">Names the option that is unknown or malformed and the nearest valid one.</exception>
    public T Parse(string line, T options)
    {
        var words = new Queue<string>(Split(line));
        while (words.TryDequeue(out string? word))
        {
            CommandOption<T> option = Find(word) ?? throw Unknown(word);
            options = Apply(option, options, option.Argument is null ? "" : ArgumentOf(option, words));
        }

        return options;
    }

    private CommandOption<T>? Find(string word) => table.FirstOrDefault(option => option.IsNamed(word));

    private string ArgumentOf(CommandOption<T> option, Queue<string> words)
    {
        if (!words.TryPeek(out string? argument) || string.IsNullOrWhiteSpace(argument) || Find(argument) is not null)
            throw new CommandSyntaxException($"Option {option.Name} needs an argument {option.Argument}: {option.Help}.");

        return words.Dequeue();
    }

    private static T Apply(CommandOption<T> option, T options, string argument)
    {
        try
        {
            return option.Apply(options, argument);
        }
        catch (FormatException wrong)
        {
            throw new CommandSyntaxException($"Option {option.Name} {argument}: {wrong.Message}.");
        }
    }

    private CommandSyntaxException Unknown(string word)
    {
        if (ThreadRange.IsList(word))
            return new CommandSyntaxException($"Unexpected word '{word}'. To select threads use -t: -t {word}. {usage}");

        CommandOption<T> nearest = Find(SpellingDistance.Nearest(word, table.SelectMany(option => new[] { option.Name, option.LongName })))!;
        string argument = nearest.Argument is null ? "" : $" {nearest.Argument}";
        string what = word.StartsWith('-') || word.StartsWith('/') ? "Unknown option" : "Unexpected word";
        return new CommandSyntaxException($"{what} '{word}'. The nearest option is {nearest.Name}{argument}: {nearest.Help}. {usage}");
    }

    /// <summary>Splits at blanks; double quotes keep blanks together, backslashes are ordinary as in Windows paths.</summary>
    private static ImmutableArray<string> Split(string line)
    {
        ImmutableArray<string>.Builder words = ImmutableArray.CreateBuilder<string>();
        var word = new StringBuilder();
        bool isQuoted = false;
        bool isWord = false;
        foreach (char c in line)
        {
            if (c == '"')
            {
                isQuoted = !isQuoted;
                isWord = true;
            }
            else if (isQuoted || !char.IsWhiteSpace(c))
            {
                word.Append(c);
                isWord = true;
            }
            else if (isWord)
            {
                words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
        }

        if (isQuoted)
            throw new CommandSyntaxException($"Missing closing quote after '{word}'.");
        if (isWord)
            words.Add(word.ToString());
        return words.ToImmutable();
    }
}

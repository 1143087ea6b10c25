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

    /// <summary>Characters of a wrong word that are said again.</summary>
    private const int LongestWord = 60;

    private CommandOption<T>? Find(string word) => table.FirstOrDefault(option => option.IsNamed(word));

    private string ArgumentOf(CommandOption<T> option, Queue<string> words)
    {
        if (!words.TryPeek(out string? argument) || string.IsNullOrWhiteSpace(argument) || Find(argument) is not null)
            throw new CommandSyntaxException($"{option.Name} needs {Needed(option.Argument!)}{(option.Example is { } example ? $": {example}" : "")}");

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
            throw new CommandSyntaxException($"{option.Name} {argument}: {wrong.Message}");
        }
    }

    private CommandSyntaxException Unknown(string word)
    {
        if (ThreadRange.IsList(word))
            return new CommandSyntaxException($"unexpected \"{word}\"; threads are named with -t: -t {word}. {usage}");
        string what = word.StartsWith('-') || word.StartsWith('/') ? $"unknown option {Shown(word)}" : $"unexpected \"{Shown(word)}\"";
        return new CommandSyntaxException(Meant(word) is { } meant ? $"{what}; is {meant} meant? {usage}" : $"{what}. {usage}");
    }

    /// <summary>The option that was meant, where one letter is wrong; null where nothing is near.</summary>
    private string? Meant(string word)
    {
        string typed = word.StartsWith('-') ? word : $"-{word.TrimStart('/')}";
        string[] names = [.. table.SelectMany(option => new[] { option.Name, option.LongName, option.LongName[1..] }).Where(name => name.Length > 2)];
        string nearest = SpellingDistance.Nearest(typed, names);
        return SpellingDistance.Between(typed, nearest) <= 1 ? Find(nearest)!.Name : null;
    }

    private static string Shown(string word) => word.Length <= LongestWord ? word : $"{word[..LongestWord]}...";

    private static string Needed(string argument) => argument switch
    {
        "N" => "a number",
        "LIST" => "threads",
        "FILE" => "a file",
        "PATTERN" => "a name",
        "THREAD" => "a thread",
        "WHICH" => "a process",
        _ => argument,
    };

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
            throw new CommandSyntaxException($"missing closing quote after \"{word}");
        if (isWord)
            words.Add(word.ToString());
        return words.ToImmutable();
    }
}

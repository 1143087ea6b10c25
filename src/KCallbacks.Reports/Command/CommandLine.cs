using System.Collections.Immutable;
using System.Text;

namespace KCallbacks.Reports.Command;

/// <summary>Reads the text behind the command.</summary>
internal static class CommandLine
{
    private static readonly string[] HelpAliases = ["?", "/?", "-h", "-help", "--help"];

    /// <summary>The options of a command line; see <see cref="CommandOptions.Parse"/>.</summary>
    public static CommandOptions Parse(string arguments)
    {
        var options = new CommandOptions();
        var words = new Queue<string>(Split(arguments));
        while (words.TryDequeue(out string? word))
        {
            CommandOption option = Find(word);
            options = Apply(option, options, option.Argument is null ? "" : ArgumentOf(option, words));
        }

        return options;
    }

    private static CommandOption Find(string word)
    {
        string name = HelpAliases.Contains(word, StringComparer.OrdinalIgnoreCase) ? "-?" : word;
        return OptionOf(name) ?? throw Unknown(word);
    }

    private static CommandOption? OptionOf(string name) =>
        CommandOption.All.FirstOrDefault(option => string.Equals(option.Name, name, StringComparison.OrdinalIgnoreCase));

    private static string ArgumentOf(CommandOption option, Queue<string> words)
    {
        if (!words.TryPeek(out string? argument) || string.IsNullOrWhiteSpace(argument) || OptionOf(argument) is not null)
            throw new CommandSyntaxException($"Option {option.Name} needs {option.Argument} behind it: {string.Join(' ', option.Help)}.");

        return words.Dequeue();
    }

    private static CommandOptions Apply(CommandOption option, CommandOptions options, string argument)
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

    private static CommandSyntaxException Unknown(string word)
    {
        if (ThreadRange.TryParseList(word, out _, out _))
            return new CommandSyntaxException($"Unexpected word '{word}'. Threads are named behind -t: -t {word}. All options: !kcallbacks -?");

        CommandOption nearest = OptionOf(SpellingDistance.Nearest(word, CommandOption.All.Select(option => option.Name)))!;
        string argument = nearest.Argument is null ? "" : $" {nearest.Argument}";
        string what = word.StartsWith('-') || word.StartsWith('/') ? "Unknown option" : "Unexpected word";
        return new CommandSyntaxException($"{what} '{word}'. The nearest option is {nearest.Name}{argument}: {string.Join(' ', nearest.Help)}. All options: !kcallbacks -?");
    }

    /// <summary>Splits at blanks; double quotes keep blanks together, backslashes are ordinary as in Windows paths.</summary>
    private static ImmutableArray<string> Split(string arguments)
    {
        ImmutableArray<string>.Builder words = ImmutableArray.CreateBuilder<string>();
        var word = new StringBuilder();
        bool isQuoted = false;
        bool isWord = false;
        foreach (char c in arguments)
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
            throw new CommandSyntaxException($"The quote before '{word}' is not closed. Write a second one behind it.");
        if (isWord)
            words.Add(word.ToString());
        return words.ToImmutable();
    }
}

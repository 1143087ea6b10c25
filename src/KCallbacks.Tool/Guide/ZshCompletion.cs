using System.CommandLine;

namespace KCallbacks.Tool.Guide;

/// <summary>Completion for zsh.</summary>
internal static class ZshCompletion
{
    /// <summary>The script.</summary>
    public static IEnumerable<string> Lines(Command root)
    {
        yield return "#compdef kcallbacks";
        yield return "# zsh completion of kcallbacks; made by: kcallbacks completion zsh";
        foreach (Command command in root.Subcommands.Where(command => command.Subcommands.Count > 0))
            yield return $"{FunctionOf(command)}() {{ _alternative 'commands:command:({string.Join(' ', command.Subcommands.Select(below => below.Name))})' 'files:file:_files' }}";
        yield return "_kcallbacks() {";
        yield return "    if (( CURRENT == 2 )); then";
        yield return "        local -a commands=(";
        foreach (Command command in root.Subcommands)
            yield return $"            {Quoted($"{command.Name}:{FirstSentence(command.Description)}")}";
        yield return "        )";
        yield return "        _describe command commands";
        yield return "        return";
        yield return "    fi";
        yield return "    local command=$words[2]";
        yield return "    shift words; (( CURRENT-- ))";
        foreach (Command command in root.Subcommands.Where(command => command.Subcommands.Count > 0))
        {
            string names = string.Join('|', command.Subcommands.Select(below => below.Name));
            yield return $"    if [[ $command == {command.Name} && $words[2] == ({names}) ]] && (( CURRENT > 2 )); then";
            yield return "        command=\"$command $words[2]\"";
            yield return "        shift words; (( CURRENT-- ))";
            yield return "    fi";
        }

        yield return "    case $command in";
        foreach (Command command in CommandName.Below(root))
        {
            yield return $"        {Quoted(CommandName.Of(command))}) _arguments \\";
            foreach (Word word in Word.Of(command, root))
                yield return $"            {string.Join(" ", word.Names.Select(name => Specification(word, name)))} \\";
            yield return $"            {Quoted(Rest(command))} ;;";
        }

        yield return "    esac";
        yield return "}";
        yield return "_kcallbacks \"$@\"";
    }

    private static string Specification(Word word, string name)
    {
        string argument = word.Argument is null ? "" : $":{word.Argument}:{(word.Values.IsEmpty ? "_files" : $"({string.Join(' ', word.Values)})")}";
        return Quoted($"({string.Join(' ', word.Names)}){name}[{Escaped(FirstSentence(word.Meaning))}]{argument}");
    }

    /// <summary>Completes the words of a command that has commands below it, and takes files too.</summary>
    private static string FunctionOf(Command command) => $"_kcallbacks_{command.Name}";

    private static string Rest(Command command)
    {
        if (command.Subcommands.Count > 0)
            return $"*:word:{FunctionOf(command)}";
        string[] values = [.. command.Arguments.SelectMany(argument => argument.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty)).Select(item => item.Label)];
        return values.Length > 0 ? $"*:word:({string.Join(' ', values)})" : "*:file:_files";
    }

    private static string Escaped(string text) => text.Replace("[", "\\[", StringComparison.Ordinal).Replace("]", "\\]", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string FirstSentence(string? text) => (text ?? "").Split(". ")[0].TrimEnd('.');
}

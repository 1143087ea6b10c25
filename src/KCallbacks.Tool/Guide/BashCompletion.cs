using System.CommandLine;

namespace KCallbacks.Tool.Guide;

/// <summary>Completion for bash.</summary>
internal static class BashCompletion
{
    /// <summary>The script.</summary>
    public static IEnumerable<string> Lines(Command root)
    {
        string commands = Names(root);
        yield return "# bash completion of kcallbacks; made by: kcallbacks completion bash";
        yield return "_kcallbacks() {";
        yield return "    local word command='' current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}";
        yield return "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do";
        yield return "        case $command:$word in";
        foreach (Command command in CommandName.Below(root))
            yield return $"            {Quoted($"{CommandName.Of(command.Parents.OfType<Command>().First())}:{command.Name}")}) command={Quoted(CommandName.Of(command))} ;;";
        yield return "        esac";
        yield return "    done";
        yield return "    COMPREPLY=()";
        yield return "    case $command:$previous in";
        foreach (Command command in CommandName.Below(root))
        {
            foreach (Word word in Word.Of(command, root).Where(word => !word.Values.IsEmpty))
                yield return $"        {string.Join('|', word.Names.Select(name => Quoted($"{CommandName.Of(command)}:{name}")))}) {Reply(string.Join(' ', word.Values))}; return ;;";
            if (Values(command) is { Length: > 0 } values)
                yield return $"        {Quoted($"{CommandName.Of(command)}:{command.Name}")}) {Reply(values)}; return ;;";
        }

        yield return $"        help:help) {Reply(commands)}; return ;;";
        yield return "    esac";
        yield return "    case $command in";
        yield return $"        '') {Reply($"{commands} {Options(root, root)}")} ;;";
        foreach (Command command in CommandName.Below(root))
            yield return $"        {Quoted(CommandName.Of(command))}) if [[ $current == -* ]]; then {Reply(Options(command, root))}; {(command.Subcommands.Count > 0 ? $"else {Reply(Names(command))}; " : "")}fi ;;";
        yield return "    esac";
        yield return "}";
        yield return "complete -o default -F _kcallbacks kcallbacks";
    }

    private static string Names(Command command) => string.Join(' ', command.Subcommands.Select(below => below.Name));

    private static string Quoted(string word) => $"'{word}'";

    private static string Reply(string words) => $"COMPREPLY=($(compgen -W '{words}' -- \"$current\"))";

    private static string Options(Command command, Command root) => string.Join(' ', Word.Of(command, root).SelectMany(word => word.Names));

    private static string Values(Command command) =>
        string.Join(' ', command.Arguments.SelectMany(argument => argument.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty)).Select(item => item.Label));
}

using System.CommandLine;
using System.CommandLine.Completions;

namespace KCallbacks.Tool.Guide;

/// <summary>Completion for PowerShell.</summary>
internal static class PowerShellCompletion
{
    /// <summary>The script.</summary>
    public static IEnumerable<string> Lines(Command root)
    {
        yield return "# PowerShell completion of kcallbacks; made by: kcallbacks completion powershell";
        yield return "Register-ArgumentCompleter -Native -CommandName kcallbacks -ScriptBlock {";
        yield return "    param($wordToComplete, $commandAst, $cursorPosition)";
        yield return "    $words = @{";
        yield return $"        '' = {List([.. root.Subcommands.Select(command => command.Name), .. Options(root, root)])}";
        foreach (Command command in CommandName.Below(root))
            yield return $"        '{CommandName.Of(command)}' = {List([.. command.Subcommands.Select(below => below.Name), .. Values(command), .. Options(command, root)])}";
        yield return "    }";
        yield return "    $values = @{";
        foreach ((string command, Word word) in CommandName.Below(root).SelectMany(command => Word.Of(command, root).Where(word => !word.Values.IsEmpty).Select(word => (CommandName.Of(command), word))))
        {
            foreach (string name in word.Names)
                yield return $"        '{command} {name}' = {List(word.Values)}";
        }

        yield return "    }";
        yield return "    $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })";
        yield return "    if ($wordToComplete) { $typed = @($typed | Select-Object -SkipLast 1) }";
        yield return "    $command = ''";
        yield return "    foreach ($word in $typed) { if ($words.ContainsKey(\"$command $word\".Trim())) { $command = \"$command $word\".Trim() } }";
        yield return "    $candidates = $values[\"$command $($typed[-1])\"]";
        yield return "    if (-not $candidates) { $candidates = $words[\"$command\"] }";
        yield return "    $candidates | Where-Object { $_ -like \"$wordToComplete*\" } |";
        yield return "        ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }";
        yield return "}";
    }

    private static string List(IEnumerable<string> words) => $"@({string.Join(", ", words.Select(word => $"'{word}'"))})";

    private static IEnumerable<string> Options(Command command, Command root) => Word.Of(command, root).SelectMany(word => word.Names);

    private static IEnumerable<string> Values(Command command) =>
        command.Arguments.SelectMany(argument => argument.GetCompletions(CompletionContext.Empty)).Select(item => item.Label);
}

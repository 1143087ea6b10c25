using System.CommandLine;
using KCallbacks.Reports.Options;

namespace KCallbacks.Tool.Guide;

/// <summary><c>kcallbacks help</c>, <c>version</c>, <c>completion</c> and <c>man</c>: the tool about itself.</summary>
internal static class GuideCommands
{
    private static readonly (string Shell, Func<Command, IEnumerable<string>> Script)[] Shells =
    [
        ("bash", BashCompletion.Lines),
        ("zsh", ZshCompletion.Lines),
        ("powershell", PowerShellCompletion.Lines),
    ];

    /// <summary>The commands, ready to be invoked.</summary>
    /// <param name="root">The command they are added to, of which they tell.</param>
    /// <param name="output">Where they write.</param>
    public static IEnumerable<Command> Create(Command root, TextWriter output)
    {
        var topic = new Argument<string[]>("COMMAND") { Description = "The command to explain.", Arity = new ArgumentArity(0, 2) };
        topic.Validators.Add(given =>
        {
            string[] names = [.. CommandName.Below(root).Select(CommandName.Of)];
            string typed = string.Join(' ', given.Tokens.Select(token => token.Value));
            if (typed.Length > 0 && !names.Contains(typed))
                given.AddError($"Unknown command '{typed}'. The nearest command is {SpellingDistance.Nearest(typed, names)}.");
        });
        var help = new Command("help", "Explains a command, or lists all.") { topic };
        help.SetAction(parsed => root.Parse([.. parsed.GetValue(topic) ?? [], "--help"]).Invoke(parsed.InvocationConfiguration));

        var version = new Command("version", "Says the version, as --version does.");
        version.SetAction(parsed => root.Parse(["--version"]).Invoke(parsed.InvocationConfiguration));

        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or powershell." };
        shell.AcceptOnlyFromAmong([.. Shells.Select(row => row.Shell)]);
        var completion = new Command("completion", "Writes the script that completes words in a shell.") { shell };
        completion.SetAction(parsed => Write(Shells.Single(row => row.Shell == parsed.GetValue(shell)).Script(root), output));

        var manual = new Command("man", "Writes the manual page.");
        manual.SetAction(_ => Write(ManualPage.Lines(root), output));
        return [help, version, completion, manual];
    }

    private static void Write(IEnumerable<string> lines, TextWriter output)
    {
        foreach (string line in lines)
            output.WriteLine(line);
    }
}

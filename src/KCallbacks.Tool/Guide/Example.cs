using System.Collections.Immutable;

namespace KCallbacks.Tool.Guide;

/// <summary>Command lines that do a whole job, for the help and the manual page.</summary>
/// <param name="Command">The command they are of.</param>
/// <param name="Line">What to type.</param>
/// <param name="Meaning">What it does.</param>
internal sealed record Example(string Command, string Line, string Meaning)
{
    private static readonly ImmutableArray<Example> All =
    [
        new("analyze", "kcallbacks analyze hang.dmp", "the hang of a dump"),
        new("analyze", "kcallbacks analyze -v -t 0 hang.dmp", "the stack of its first thread, with the evidence"),
        new("analyze", "kcallbacks analyze --jsonl -o all.jsonl dumps/", "every dump below a folder, for a script"),
        new("analyze", "kcallbacks analyze --csv customer.zip > threads.csv", "every thread, for a spreadsheet"),
        new("analyze", "kcallbacks analyze < stacks.txt", "what a debugger has printed with ~*kn"),
        new("compare", "kcallbacks compare first.dmp second.dmp", "which threads still wait where they waited"),
        new("mcp", "kcallbacks mcp --folder /srv/dumps", "the command that an assistant starts to ask about the dumps below /srv/dumps"),
        new("triage", "kcallbacks triage dumps/ --store hangs", "a row of every dump below a folder; again: of those that came since"),
        new("triage", "kcallbacks triage @list.txt --store hangs --shard 3/10", "the third of ten parts of a list, for one of ten machines"),
        new("triage", "kcallbacks triage dumps/ --store hangs --retry-failed --time-limit 10m", "those that took too long, with more time"),
        new("triage merge", "kcallbacks triage merge week1 week2 --store all", "two stores in one"),
        new("triage report", "kcallbacks triage report store", "the top hangs of a store, with a command that opens one of each"),
        new("triage report", "kcallbacks triage report store --compare --html report.html", "what is new and grown in the last seven days, as a page"),
        new("install", "kcallbacks install", "the extension that this program was unpacked with, into WinDbg's folder"),
        new("completion", "kcallbacks completion bash > ~/.local/share/bash-completion/completions/kcallbacks", "completion of words in bash"),
        new("completion", "kcallbacks completion zsh > ~/.zfunc/_kcallbacks", "in zsh, where ~/.zfunc is in fpath"),
        new("completion", "kcallbacks completion powershell >> $PROFILE", "in PowerShell"),
        new("man", "kcallbacks man > ~/.local/share/man/man1/kcallbacks.1", "then: man kcallbacks"),
    ];

    /// <summary>Those of a command, by its whole name.</summary>
    public static ImmutableArray<Example> Of(string command) => [.. All.Where(example => example.Command == command)];
}

using System.Diagnostics;
using KCallbacks.Wording;

namespace KCallbacks.Tool.Tests;

/// <summary>What the tool says of itself: help, version, completion, manual page.</summary>
[TestClass]
public sealed class GuideTests
{
    [TestMethod]
    [DataRow("help", "--help")]
    [DataRow("help analyze", "analyze --help")]
    [DataRow("help triage merge", "triage merge --help")]
    [DataRow("version", "--version")]
    [DataRow("-V", "--version")]
    public void What_is_typed_first_works_as_a_command(string typed, string option)
    {
        ToolRun run = ToolRun.Of(typed.Split(' '));

        Assert.AreEqual(0, (int)run.Code, run.Error);
        Assert.AreEqual(ToolRun.Of(option.Split(' ')).Output, run.Output);
        Assert.IsGreaterThan(0, run.Output.Length);
    }

    [TestMethod]
    [DataRow("--help")]
    [DataRow("analyze --help")]
    [DataRow("compare --help")]
    [DataRow("triage --help")]
    [DataRow("triage merge --help")]
    [DataRow("man")]
    public void What_it_says_of_itself_uses_the_words_of_the_glossary(string words)
    {
        string output = ToolRun.Of(words.Split(' ')).Output;
        IReadOnlyList<string> faults = GlossaryWords.Faults(output.Split('\n'));

        Assert.IsNotEmpty(output);
        Assert.IsEmpty(faults, string.Join('\n', faults));
    }

    [TestMethod]
    public void Help_on_a_command_that_is_none_names_the_nearest() =>
        Assert.Contains("The nearest command is analyze", ToolRun.Of("help", "analyse").Error);

    [TestMethod]
    [DataRow("an", "analyze")]
    [DataRow("analyze|--col", "--color")]
    [DataRow("analyze|a.dmp|--json", "--json --jsonl")]
    [DataRow("analyze|--color|", "always auto never")]
    [DataRow("completion|z", "zsh")]
    [DataRow("help|do", "doctor")]
    [DataRow("triage|mer", "merge")]
    [DataRow("triage|--retry", "--retry-failed")]
    [DataRow("triage|merge|--s", "--store")]
    [DataRow("triage|merge|--retry", "")]
    public void Bash_completes_words(string typed, string completed)
    {
        if (!File.Exists("/bin/bash"))
            Assert.Inconclusive("Skipped: there is no bash here.");
        string[] words = ["kcallbacks", .. typed.Split('|')];
        string script = $"{ToolRun.Of("completion", "bash").Output}\nCOMP_WORDS=({string.Join(' ', words.Select(word => $"'{word}'"))}); COMP_CWORD={words.Length - 1}; _kcallbacks; echo \"${{COMPREPLY[*]}}\"\n";

        Assert.AreEqual(completed, Output("/bin/bash", script, "--norc", "-s").TrimEnd());
    }

    [TestMethod]
    public void The_completion_of_zsh_and_powershell_knows_every_option_of_the_help()
    {
        string help = ToolRun.Of("analyze", "--help").Output;
        string[] options = [.. help.Split([' ', ',', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.StartsWith("--", StringComparison.Ordinal) && word.Length > 3).Distinct()];
        Assert.Contains("--csv", options);

        foreach (string shell in new[] { "zsh", "powershell" })
        {
            string script = ToolRun.Of("completion", shell).Output;
            foreach (string option in options.Where(option => help.Contains($"  {option} ", StringComparison.Ordinal)))
                Assert.Contains(option, script, shell);
        }
    }

    [TestMethod]
    public void The_manual_page_is_set_without_a_warning_and_knows_every_option()
    {
        string page = ToolRun.Of("man").Output;

        Assert.Contains(@"\-\-color", page);
        Assert.Contains(".SH EXAMPLES", page);
        if (!File.Exists("/usr/bin/groff"))
            Assert.Inconclusive("Skipped: there is no groff here to set it.");
        string set = Output("/usr/bin/groff", page, "-man", "-Tascii", "-ww", "-P-c");
        Assert.Contains("[OPTION...] [FILE...]", set);
    }

    [TestMethod]
    public void Help_shows_examples() => Assert.Contains("Examples:\n  kcallbacks analyze hang.dmp\n", ToolRun.Of("analyze", "--help").Output);

    private static string Output(string program, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.AreEqual("", error.Result);
        return output.Result;
    }
}

using System.Diagnostics;

namespace KCallbacks.Build.Packaging;

/// <summary>The manual page and the completions of the tool, which it writes itself, under the paths where a shell and <c>man</c> look for them.</summary>
internal static class GuideFiles
{
    private static readonly (string Path, string[] Arguments)[] All =
    [
        ("share/man/man1/kcallbacks.1", ["man"]),
        ("share/bash-completion/completions/kcallbacks", ["completion", "bash"]),
        ("share/zsh/site-functions/_kcallbacks", ["completion", "zsh"]),
    ];

    /// <summary>Has the tool write them.</summary>
    /// <param name="tool">The tool; runs on this machine.</param>
    /// <returns>Their paths below a prefix, and what they hold.</returns>
    /// <exception cref="StepFailedException">The tool fails.</exception>
    public static IReadOnlyList<(string Path, string Content)> WrittenBy(string tool) => [.. All.Select(file => (file.Path, Output(tool, file.Arguments)))];

    private static string Output(string tool, string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new StepFailedException($"{tool} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}

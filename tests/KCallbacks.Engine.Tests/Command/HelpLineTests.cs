using System.Text.RegularExpressions;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.Engine.Tests.Generated;
using KCallbacks.Engine.Tests.Kernel;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Windows;

namespace KCallbacks.Engine.Tests.Command;

/// <summary>The command lines that the pages of <c>!kcallbacks -? TOPIC</c> show.</summary>
[TestClass]
public sealed partial class HelpLineTests
{
    [TestMethod]
    public void Those_of_user_sessions_have_an_answer()
    {
        (_, EngineProcess opened) = GeneratedSession.Open(WaitCases.WindowAndSection(WindowsLayout.Windows10));
        using EngineProcess engine = opened;

        AssertAnswered(engine, [.. LinesOf("waits"), .. LinesOf("dx")], atLeast: 9);
    }

    [TestMethod]
    public void Those_of_kernel_sessions_have_an_answer()
    {
        (_, EngineProcess opened) = KernelReport.Open("kernel-win10");
        using EngineProcess engine = opened;

        AssertAnswered(engine, [.. LinesOf("kernel")], atLeast: 7);
    }

    private static void AssertAnswered(EngineProcess engine, string[] lines, int atLeast)
    {
        Assert.IsGreaterThanOrEqualTo(atLeast, lines.Length, string.Join('\n', lines));
        foreach (string line in lines)
        {
            string answer = engine.Run(line);

            Assert.IsGreaterThan(0, answer.Trim().Length, line);
            Assert.DoesNotContain("Error", answer, line);
            Assert.DoesNotContain("kcallbacks:", answer, line);
        }
    }

    private static IEnumerable<string> LinesOf(string topic)
    {
        string documentation = File.ReadAllText(Path.Combine(Paths.Repository.Root, "docs", "help.md")).ReplaceLineEndings("\n");
        string page = documentation.Split($"## {topic}\n")[1].Split("\n## ")[0];
        return CommandLine().Matches(page).Select(match => match.Groups["line"].Value);
    }

    /// <summary>Indented, and separated from what is said of it by two blanks.</summary>
    [GeneratedRegex(@"^  (?<line>(?:dx|!kcallbacks).*?)(?:  .*)?$", RegexOptions.Multiline)]
    private static partial Regex CommandLine();
}

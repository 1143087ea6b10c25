using System.Collections.Immutable;
using System.Text.RegularExpressions;
using KCallbacks.Engine.Tests.Engine;

namespace KCallbacks.Engine.Tests.Questions;

/// <summary>
/// A page of <c>docs/questions</c>: its comment <c>dump NAME</c> or <c>text NAME</c> says what its commands run on, and its fenced blocks have
/// lines that begin with a prompt, each with the output that is shown of it.
/// </summary>
internal sealed partial record QuestionPage(string Path, ImmutableArray<string> Lines)
{
    private const string Fence = "```";
    private const string Cut = "...";

    /// <summary>Lines that are shown of an output that is longer, where the page is written anew.</summary>
    private const int Shown = 24;

    /// <summary>The pages, but for the list of them.</summary>
    public static IEnumerable<string> Names => Directory.EnumerateFiles(System.IO.Path.Combine(Paths.Repository.Root, "docs", "questions"), "*.md")
        .Select(System.IO.Path.GetFileName).OfType<string>().Where(name => name != "README.md").Order(StringComparer.Ordinal);

    /// <summary>Reads a page.</summary>
    public static QuestionPage Read(string name)
    {
        string path = System.IO.Path.Combine(Paths.Repository.Root, "docs", "questions", name);
        return new QuestionPage(path, [.. File.ReadAllLines(path)]);
    }

    /// <summary>What its commands run on: <c>dump</c>, <c>kernel</c> or <c>text</c>, and the name.</summary>
    public (string Kind, string Name) Subject => Lines.Select(line => SubjectLine().Match(line)).First(match => match.Success) is var match
        ? (match.Groups[1].Value, match.Groups[2].Value)
        : default;

    /// <summary>Its commands, each with the lines that are shown.</summary>
    public IEnumerable<QuestionCommand> Commands
    {
        get
        {
            bool isInside = false;
            QuestionCommand? command = null;
            for (int i = 0; i < Lines.Length; i++)
            {
                bool isFence = Lines[i].StartsWith(Fence, StringComparison.Ordinal);
                isInside ^= isFence;
                Match prompt = Prompt().Match(Lines[i]);
                if (command is not null && (isFence || prompt.Success))
                {
                    yield return command with { Output = WithoutEmptyEnd(Lines[(command.Line + 1)..i]) };
                    command = null;
                }

                if (isInside && prompt.Success)
                    command = new QuestionCommand(i, prompt.Groups[1].Value != "$", prompt.Groups[2].Value, []);
            }
        }
    }

    /// <summary>Whether an output shows these lines: one after the other, <c>...</c> for any lines between.</summary>
    public static bool Shows(ImmutableArray<string> shown, IReadOnlyList<string> output)
    {
        int place = 0;
        bool mayPass = false;
        foreach (string line in shown)
        {
            if (line == Cut)
            {
                mayPass = true;
                continue;
            }

            int found = place;
            while (mayPass && found < output.Count && output[found] != line)
                found++;
            if (found >= output.Count || output[found] != line)
                return false;
            (place, mayPass) = (found + 1, false);
        }

        return mayPass || place == output.Count;
    }

    /// <summary>Writes the page with other outputs, those that are long cut.</summary>
    public void Write(IEnumerable<(QuestionCommand Command, IReadOnlyList<string> Output)> commands)
    {
        List<string> lines = [.. Lines];
        foreach ((QuestionCommand command, IReadOnlyList<string> output) in commands.Reverse())
        {
            lines.RemoveRange(command.Line + 1, command.Output.Length);
            lines.InsertRange(command.Line + 1, output.Count <= Shown ? output : [.. output.Take(Shown), Cut]);
        }

        File.WriteAllText(Path, string.Join('\n', lines) + "\n");
    }

    private static ImmutableArray<string> WithoutEmptyEnd(ImmutableArray<string> lines)
    {
        while (lines is [.. var rest, ""])
            lines = rest;
        return lines;
    }

    [GeneratedRegex(@"^<!-- (dump|kernel|text) ([\w-]+) -->$")]
    private static partial Regex SubjectLine();

    [GeneratedRegex(@"^(\$|\d+:\d+>|kd>) (.+)$")]
    private static partial Regex Prompt();
}

/// <summary>A command of a page.</summary>
/// <param name="Line">Index of its line.</param>
/// <param name="IsDebuggers">Whether the debugger runs it, not the tool.</param>
/// <param name="Text">As typed.</param>
/// <param name="Output">The lines that are shown.</param>
internal sealed record QuestionCommand(int Line, bool IsDebuggers, string Text, ImmutableArray<string> Output);

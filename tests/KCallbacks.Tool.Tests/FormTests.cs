using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;

namespace KCallbacks.Tool.Tests;

/// <summary>Colours and rows for spreadsheets.</summary>
[TestClass]
public sealed class FormTests
{
    private static readonly Lazy<string> Hostile = new(() => FixtureFolder.OfRepository.Generate(UserCases.HostileNames).Path);

    [TestMethod]
    [DataRow(null, true, true)]
    [DataRow(null, false, false)]
    [DataRow("auto", true, true)]
    [DataRow("always", false, true)]
    [DataRow("never", true, false)]
    public void Colours_are_where_they_are_seen_or_asked_for(string? when, bool isSeen, bool isColoured)
    {
        string text = Run(isSeen, ["analyze", Hostile.Value, .. when is null ? Array.Empty<string>() : ["--color", when]]);

        Assert.AreEqual(isColoured, text.Contains('\u001b', StringComparison.Ordinal));
    }

    [TestMethod]
    public void Colours_add_nothing_but_colours()
    {
        string coloured = Run(true, ["analyze", "-v", Hostile.Value]);

        Assert.AreEqual(Run(false, ["analyze", "-v", Hostile.Value]), System.Text.RegularExpressions.Regex.Replace(coloured, "\u001b\\[[0-9]*m", ""));
    }

    [TestMethod]
    public void A_report_in_a_file_has_no_colours()
    {
        string file = Path.GetTempFileName();
        try
        {
            Run(true, ["analyze", Hostile.Value, "-o", file]);

            Assert.DoesNotContain("\u001b", File.ReadAllText(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestMethod]
    public void Every_input_has_rows_of_the_same_columns()
    {
        ToolRun run = ToolRun.Of("analyze", "--csv", Hostile.Value, "nowhere.dmp");

        string[] lines = [.. run.Lines];
        int columns = lines[0].Split(',').Length;
        Assert.StartsWith("source,outcome,error,position,id,verdict,depth", lines[0]);
        Assert.StartsWith("nowhere.dmp,unreadable,there is no such file,", lines[^1]);
        Assert.IsGreaterThan(3, lines.Length);
        foreach (string line in lines)
            Assert.AreEqual(columns, CellsOf(line).Count, line);
    }

    [TestMethod]
    [DataRow("WM_PAINT", true)]
    [DataRow("wm_pai*", true)]
    [DataRow("WM_TIMER", false)]
    public void A_pattern_finds_messages_too(string pattern, bool isFound)
    {
        string dump = FixtureFolder.OfRepository.Generate(UserCases.Stale).Path;

        Assert.AreEqual(isFound, ToolRun.Of("analyze", "--csv", "-m", pattern, dump).Output.Contains("in-callback", StringComparison.Ordinal));
    }

    [TestMethod]
    public void No_name_is_a_formula()
    {
        const string text =
            """
            0:000> kn
             # Child-SP          RetAddr               Call Site
            00 000000e1`5f5ff2a8 00007ffb`1d5a4f5e     ntdll!NtWaitForSingleObject+0x14
            01 000000e1`5f5ff3b0 00007ffb`1f9c3494     USER32!_fnDWORD+0x3d
            02 000000e1`5f5ff410 00007ffb`1d261104     ntdll!KiUserCallbackDispatcherContinue
            03 000000e1`5f5ff498 00007ffb`1e3ab0c8     win32u!NtUserMessageCall+0x14
            """;

        string[] lines = [.. ToolRun.With(text, "analyze", "--csv").Lines];

        Assert.StartsWith("'-,", lines[1]);
        Assert.IsFalse(CellsOf(lines[1]).Any(cell => cell.Length > 0 && "=+-@".Contains(cell[0], StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_terminal_that_waits_for_input_says_so()
    {
        Assert.Contains("kcallbacks: reads what a debugger printed (~*kn) from here, until ", Error(readsTerminal: true));
        Assert.DoesNotContain("from here", Error(readsTerminal: false));
    }

    private static string Error(bool readsTerminal)
    {
        using var error = new StringWriter { NewLine = "\n" };
        new ToolHost(Stream.Null, TextWriter.Null, error, TimeProvider.System) { ReadsTerminal = readsTerminal }.Run(["analyze"]);
        return error.ToString();
    }

    private static string Run(bool writesColours, string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        new ToolHost(Stream.Null, output, TextWriter.Null, TimeProvider.System) { WritesColours = writesColours }.Run(arguments);
        return output.ToString();
    }

    private static List<string> CellsOf(string line)
    {
        List<string> cells = [""];
        bool isQuoted = false;
        foreach (char letter in line)
        {
            if (letter == '"')
                isQuoted = !isQuoted;
            else if (letter == ',' && !isQuoted)
                cells.Add("");
            else
                cells[^1] += letter;
        }

        return cells;
    }
}

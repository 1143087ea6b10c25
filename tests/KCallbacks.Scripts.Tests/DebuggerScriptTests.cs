using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace KCallbacks.Scripts.Tests;

/// <summary>
/// <c>scripts/kcallbacks.js</c> under Node with a stand-in for the debugger's <c>host</c>: the debug engine's package has no
/// JavaScript provider. What the script reads of a thread is what the data model's own tests check in the engine.
/// </summary>
[TestClass]
public sealed partial class DebuggerScriptTests
{
    private const string Painting = """{"Message":"WM_PAINT","Handler":"app!MainWndProc","ProgramFunction":""}""";
    private const string Saving = """{"Message":"","Handler":"","ProgramFunction":"app!SaveThread"}""";

    private static readonly string Deadlock = $$"""
        {"Result":"DEADLOCK: threads 0 and 4 wait for each other; 1 more thread waits behind them.",
        "Findings":[{"Text":"threads 0 and 4 wait for each other; 1 more thread waits behind them."},{"Text":"UI thread 6 waits for an event; who sets it is not recorded."}],
        "Items":[
          {"Id":6704,"Verdict":"in-callback","Depth":2,"Message":"WM_PAINT","Handler":"app!MainWndProc","Waiting":"critical section app!g_doc","Owner":"-> 0x1a40","HoldsUp":2},
          {"Id":6728,"Verdict":"at-return","Depth":1,"Message":"","Handler":"app!PollWndProc","Waiting":"","Owner":"","HoldsUp":0}
        ],
        "WaitGraph":[
          {"FromId":6704,"ToId":6720,"Object":"critical section app!g_doc","Proof":"certain","From":{{Painting}},"To":{{Saving}}},
          {"FromId":6720,"ToId":6704,"Object":"window 0x10040, WM_APP+0x5","Proof":"likely","From":{{Saving}},"To":{{Painting}}},
          {"FromId":6720,"ToId":17,"Object":"mutex 0x5c","Proof":"likely","From":{{Saving}},"To":null}
        ]}
        """;

    [TestMethod]
    public void It_registers_its_functions_under_names_that_are_no_command_of_the_extension() =>
        Assert.AreEqual(
            """[{"version":[1,3]},{"alias":"waitgraph","isFunction":true},{"alias":"callbackreport","isFunction":true}]""",
            Evaluate("undefined", "initializeScript()"));

    [TestMethod]
    public void Threads_are_nodes_with_the_edges_that_leave_them() =>
        Assert.AreEqual(
            """["1a30 WM_PAINT app!MainWndProc: 1a30 -> 1a40, critical section app!g_doc","1a40 app!SaveThread: 1a40 -> 1a30, window 0x10040, WM_APP+0x5 (likely); 1a40 -> 11, mutex 0x5c (likely)","11 (another process, or gone): "]""",
            Evaluate(Deadlock, "Array.from(waitGraph()).map(node => node + ': ' + node.graphNodeEdges.join('; '))"));

    /// <summary>The names of WinDbg's graph view.</summary>
    [TestMethod]
    public void The_graph_has_what_the_debugger_s_view_of_graphs_asks_for() =>
        Assert.AreEqual(
            """{"form":{"PreferredGraphForm":1},"ids":[6704,6720,17],"edge":["graphEdgeSource","graphEdgeTarget","graphEdgeDescription","graphEdgeIsDirectional"]}""",
            Evaluate(Deadlock, "({ form: waitGraph().spannableGraphNodes.metadata, ids: waitGraph().spannableGraphNodes.map(node => node.graphNodeId), edge: Object.keys(waitGraph().spannableGraphNodes[0].graphNodeEdges[0]) })"));

    [TestMethod]
    public void The_report_has_the_result_the_other_findings_and_a_line_per_thread() => Assert.AreEqual(
        """["DEADLOCK: threads 0 and 4 wait for each other; 1 more thread waits behind them.","Also: UI thread 6 waits for an event; who sets it is not recorded.","1a30  in-callback, depth 2  WM_PAINT  app!MainWndProc  waits for critical section app!g_doc  -> 0x1a40  holds up 2","1a48  at-return, depth 1  app!PollWndProc"]""",
        Evaluate(Deadlock, "callbackReport()"));

    [TestMethod]
    public void A_quiet_process_has_its_result_alone() => Assert.AreEqual(
        """["IDLE: no UI thread is blocked; 2 wait for messages."]""",
        Evaluate("""{"Result":"IDLE: no UI thread is blocked; 2 wait for messages.","Findings":[],"Items":[],"WaitGraph":[]}""", "callbackReport()"));

    public static IEnumerable<object[]> LinesOfTheReadme =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "README.md"))
            .Select(line => ScriptLine().Match(line))
            .Where(match => match.Success)
            .Select(match => new object[] { match.Groups["alias"].Value, match.Groups["expression"].Value });

    /// <summary>A line calls a function by its name in the debugger, or is an expression of a script.</summary>
    [TestMethod]
    [DynamicData(nameof(LinesOfTheReadme))]
    public void A_script_line_of_the_readme_has_an_answer(string alias, string expression)
    {
        string script = alias.Length > 0 ? $"initializeScript().find(entry => entry.alias === '{alias}').method()" : expression;

        string answer = Evaluate(Deadlock, $"Array.from({script})");

        Assert.StartsWith("[", answer);
        Assert.AreNotEqual("[]", answer);
    }

    [TestMethod]
    public void The_readme_shows_all_functions_of_the_script() =>
        CollectionAssert.IsSubsetOf((string[])["waitgraph", "callbackreport"], LinesOfTheReadme.Select(line => line[0]).ToArray());

    [TestMethod]
    public void Another_process_can_be_given() =>
        Assert.AreEqual(
            "\"No thread waits for another, as far as is known.\"",
            Evaluate(Deadlock, "waitGraph({ KernelCallbacks: { WaitGraph: [] } }).toString()"));

    [TestMethod]
    public void Without_the_extension_it_says_what_is_missing() =>
        Assert.AreEqual(
            "The kcallbacks extension is not loaded. Load it with .load kcallbacks, or install it.",
            Evaluate("undefined", "waitGraph()"));

    [GeneratedRegex(@"^(?:dx (?:-r\d )?@\$(?<alias>waitgraph|callbackreport)\(\)|(?<expression>host\.currentProcess\.KernelCallbacks\S*))\s*$")]
    private static partial Regex ScriptLine();

    private static string Evaluate(string threads, string expression)
    {
        string folder = AppContext.BaseDirectory;
        var start = new ProcessStartInfo("node", [Path.Combine(folder, "StandIn.js"), Path.Combine(folder, "kcallbacks.js"), threads, expression])
        {
            RedirectStandardOutput = true,
        };
        using Process node = Start(start);
        string output = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        Assert.AreEqual(0, node.ExitCode);
        return output.TrimEnd();
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException(
                $"Node is missing. Install it with: {(OperatingSystem.IsWindows() ? "winget install OpenJS.NodeJS.LTS" : "apt-get install nodejs")}");
        }
    }
}

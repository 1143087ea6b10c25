using System.ComponentModel;
using System.Diagnostics;

namespace KCallbacks.Scripts.Tests;

/// <summary>
/// <c>scripts/kcallbacks.js</c> under Node with a stand-in for the debugger's <c>host</c>: the debug engine's package has no
/// JavaScript provider. What the script reads of a thread is what the data model's own tests check in the engine.
/// </summary>
[TestClass]
public sealed class DebuggerScriptTests
{
    private const string Painting = """{"Message":"WM_PAINT","Handler":"app!MainWndProc","ProgramFunction":""}""";
    private const string Saving = """{"Message":"","Handler":"","ProgramFunction":"app!SaveThread"}""";

    private static readonly string Deadlock = $$"""
        {"WaitGraph":[
          {"FromId":6704,"ToId":6720,"Object":"critical section app!g_doc","Proof":"certain","From":{{Painting}},"To":{{Saving}}},
          {"FromId":6720,"ToId":6704,"Object":"window 0x10040, WM_APP+0x5","Proof":"likely","From":{{Saving}},"To":{{Painting}}},
          {"FromId":6720,"ToId":17,"Object":"mutex 0x5c","Proof":"likely","From":{{Saving}},"To":null}
        ]}
        """;

    [TestMethod]
    public void It_registers_its_function_under_a_name_that_is_no_command_of_the_extension() =>
        Assert.AreEqual(
            """[{"version":[1,3]},{"alias":"waitgraph","isFunction":true}]""",
            Evaluate("[]", "initializeScript()"));

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
    public void Another_process_can_be_given() =>
        Assert.AreEqual(
            "\"No thread waits for another, as far as is known.\"",
            Evaluate(Deadlock, "waitGraph({ KernelCallbacks: { WaitGraph: [] } }).toString()"));

    [TestMethod]
    public void Without_the_extension_it_says_what_is_missing() =>
        Assert.AreEqual(
            "The kcallbacks extension is not loaded. Load it with .load kcallbacks, or install it.",
            Evaluate("undefined", "waitGraph()"));

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

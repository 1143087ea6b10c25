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
    private const string Painting = """{"Id":4660,"Verdict":"in-callback","Depth":2,"Routine":"user32!_fnDWORD","Message":"WM_PAINT","BlockedIn":"ntdll!NtWaitForSingleObject"}""";
    private const string AlsoPainting = """{"Id":255,"Verdict":"in-callback","Depth":2,"Routine":"user32!_fnDWORD","Message":"WM_PAINT","BlockedIn":"ntdll!NtWaitForSingleObject"}""";
    private const string Returning = """{"Id":16,"Verdict":"at-return","Depth":1,"Routine":"","Message":"","BlockedIn":""}""";
    private const string Unknown = """{"Id":17,"Verdict":"unknown","Depth":0,"Reason":"the stack could not be read"}""";

    [TestMethod]
    public void It_registers_its_function_under_a_name_that_is_no_command_of_the_extension() =>
        Assert.AreEqual(
            """[{"version":[1,3]},{"alias":"callbackreport","isFunction":true}]""",
            Evaluate("[]", "initializeScript()"));

    [TestMethod]
    public void Threads_that_hang_alike_are_one_line_and_the_largest_group_comes_first() =>
        Assert.AreEqual(
            """["2 x in-callback, depth 2, user32!_fnDWORD WM_PAINT, waiting in ntdll!NtWaitForSingleObject: 1234 ff","1 x at-return, depth 1, routine not known, waiting in (not known): 10"]""",
            Evaluate($"[{Returning},{Painting},{AlsoPainting}]", "callbackReport()"));

    [TestMethod]
    public void A_thread_that_could_not_be_judged_is_listed_with_the_reason() =>
        Assert.AreEqual("""["1 x unknown: the stack could not be read: 11"]""", Evaluate($"[{Unknown}]", "callbackReport()"));

    [TestMethod]
    public void Another_process_can_be_given() =>
        Assert.AreEqual(
            """["No thread is inside a kernel-to-user callback."]""",
            Evaluate($"[{Painting}]", "callbackReport({ KernelCallbacks: [] })"));

    [TestMethod]
    public void Without_the_extension_it_says_what_is_missing() =>
        Assert.AreEqual(
            "The kcallbacks extension is not loaded. Load it with .load kcallbacks, or install it.",
            Evaluate("undefined", "callbackReport()"));

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

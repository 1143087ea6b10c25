using System.Collections.Immutable;
using System.Text.RegularExpressions;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;
using KCallbacks.Tool;

namespace KCallbacks.Engine.Tests.Managed;

/// <summary>Threads of a .NET program are judged as the program itself says, and their managed code is named, in the debugger and in the tool.</summary>
[TestClass]
public sealed class ManagedTests
{
    private static ManagedSample? s_sample;

    private static ManagedSample Sample => s_sample ?? throw new InvalidOperationException("The sample target does not run.");

    [ClassInitialize]
    public static void Start(TestContext context) => s_sample = ManagedSample.Start();

    [ClassCleanup]
    public static void End() => s_sample?.Dispose();

    [TestMethod]
    public void Threads_of_a_process_that_is_only_looked_at_are_judged_and_explained()
    {
        using EngineProcess engine = EngineRun.Attach(Sample.Target.ProcessId, nonInvasive: true);

        AssertRight(JudgedThread.In(engine.Run("!kcallbacks -json")), knowsOwnersOfLocks: true);
    }

    [TestMethod]
    public void Threads_of_a_full_dump_are_judged_and_explained()
    {
        using EngineProcess engine = EngineRun.OpenDump(ManagedSample.FullDump);

        AssertRight(JudgedThread.In(engine.Run("!kcallbacks -json")), knowsOwnersOfLocks: true);
        AssertRight(JudgedThread.In(engine.Run("!kcallbacks -json -walk")), knowsOwnersOfLocks: true);
    }

    [TestMethod]
    public void The_tool_judges_and_explains_threads_of_a_full_dump_without_the_runtimes_component() =>
        AssertRight(JudgedThread.In(ByTool(ManagedSample.FullDump)), knowsOwnersOfLocks: false);

    [TestMethod]
    public void The_tool_names_each_frame_as_the_runtimes_component_does()
    {
        using EngineProcess engine = EngineRun.OpenDump(ManagedSample.FullDump);
        ImmutableArray<JudgedThread> byComponent = JudgedThread.In(engine.Run("!kcallbacks -json"));
        ImmutableArray<JudgedThread> byTool = JudgedThread.In(ByTool(ManagedSample.FullDump));

        JudgedThread[] inCallback = [.. byComponent.Where(thread => thread.Depth > 0)];
        Assert.IsNotEmpty(inCallback);
        foreach (JudgedThread expected in inCallback)
            Assert.AreSequenceEqual(expected.Methods, byTool.Single(thread => thread.SystemId == expected.SystemId).Methods);
    }

    [TestMethod]
    public void The_stack_shows_managed_frames_among_the_others()
    {
        using EngineProcess engine = EngineRun.OpenDump(ManagedSample.FullDump);

        string text = WithoutWraps(engine.Run("!kcallbacks -v"));

        Assert.MatchesRegex(" m [0-9a-f]{2} [0-9a-f]{16} HangingManaged!", text);
        Assert.Contains("managed in Monitor.Enter, for the lock of the object at 0x", text);
        Assert.Contains($"of type System.Object, held by thread {IdOf("lock-owner"):x}", text);
    }

    [TestMethod]
    public void Who_must_let_go_of_a_lock_and_who_must_end_is_said_first()
    {
        using EngineProcess engine = EngineRun.OpenDump(ManagedSample.FullDump);

        string text = WithoutWraps(engine.Run("!kcallbacks"));

        Assert.Contains($"UI thread {NumberOf(engine, "lock-waiter")} waits for thread {NumberOf(engine, "lock-owner")}, which sleeps", text);
        Assert.Contains($"UI thread {NumberOf(engine, "joiner")} waits for thread {NumberOf(engine, "sleeping")}, which sleeps", text);
        Assert.Contains("task (Task.Wait)", text);
    }

    [TestMethod]
    public void Where_the_debugger_has_no_component_it_is_said_and_callbacks_are_found_all_the_same()
    {
        using EngineProcess engine = EngineRun.OpenDump(ManagedSample.NormalDump);

        string text = engine.Run("!kcallbacks");

        uint[] expected = [.. Sample.Target.Threads.Where(thread => thread.Depth > 0).Select(thread => thread.SystemId)];
        CollectionAssert.IsSubsetOf(expected, PrintedFinding.In(text).Select(finding => finding.SystemId).ToArray());
        Assert.Contains(".cordll", text);
    }

    [TestMethod]
    public void The_selected_thread_stays_selected()
    {
        using EngineProcess engine = EngineRun.OpenDump(ManagedSample.FullDump);
        engine.Run("~3s");
        string before = engine.Run("?? @$tid");

        engine.Run("!kcallbacks");

        Assert.AreEqual(before, engine.Run("?? @$tid"));
    }

    private static void AssertRight(ImmutableArray<JudgedThread> judged, bool knowsOwnersOfLocks)
    {
        foreach (SampleThread thread in Sample.Target.Threads)
        {
            JudgedThread found = judged.Single(finding => finding.SystemId == thread.SystemId);
            Assert.AreEqual((thread.Verdict, thread.Depth, false), (found.Verdict, found.Depth, found.DepthIsMinimum), thread.Name);
            if (thread.Depth == 0)
                continue;
            Assert.AreEqual((thread.Handler, thread.WaitingIn), (found.Handler, found.WaitingIn), thread.Name);
            Assert.AreEqual(knowsOwnersOfLocks || thread.WaitingIn != "Monitor.Enter" ? thread.Owner : null, found.Owner, thread.Name);
            Assert.DoesNotContain("nested message pump", found.Shapes, thread.Name);
            Assert.DoesNotContain("re-entered: waits for a lock that its own outer frame may hold", found.Shapes, thread.Name);
        }
    }

    private static uint IdOf(string name) => Sample.Target.Threads.Single(thread => thread.Name == name).SystemId;

    /// <summary>The debugger's number of a thread.</summary>
    private static string NumberOf(EngineProcess engine, string name) =>
        Regex.Match(engine.Run("~"), $@"(\d+)\s+Id: [0-9a-f]+\.{IdOf(name):x} ").Groups[1].Value;

    private static string WithoutWraps(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    private static string ByTool(string dump)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        ExitCode code = new ToolHost(Stream.Null, output, errors, TimeProvider.System).Run(["analyze", dump, "--json"]);
        Assert.AreEqual(ExitCode.Alert, code, errors.ToString());
        return output.ToString();
    }
}

using System.Collections.Immutable;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Platform;
using KCallbacks.EngineHost.Client.Protocol;
using KCallbacks.Tool;

namespace KCallbacks.Engine.Tests.Managed;

/// <summary>Real programs of WinForms and WPF: threads that hang in their methods are judged as the program itself says, and the deadlock among them is found.</summary>
[TestClass]
public sealed class DesktopTests
{
    private static readonly string FullDump = Path.Combine(Paths.Dumps, "desktop-full.dmp");

    private static VirtualDisplay? s_display;
    private static SampleTarget? s_target;

    private static SampleTarget Target
    {
        get
        {
            if (s_target is null)
                Assert.Inconclusive($"WinForms and WPF need a display, and none is installed: {VirtualDisplay.Installation}");
            return s_target;
        }
    }

    [ClassInitialize]
    public static void Start(TestContext context)
    {
        if (!OperatingSystem.IsWindows() && !VirtualDisplay.IsInstalled)
            return;
        s_display = OperatingSystem.IsWindows() ? null : VirtualDisplay.Start();
        s_target = StartTarget(attempts: 3);
        using EngineProcess dumper = EngineRun.Start(EngineRun.Desktop);
        Reply reply = dumper.WriteDump(s_target.ProcessId, FullDump, withFullMemory: true);
        Assert.IsTrue(reply.Succeeded, reply.Failure);
    }

    [ClassCleanup]
    public static void End()
    {
        s_target?.Dispose();
        s_display?.Dispose();
        File.Delete(FullDump);
    }

    [TestMethod]
    public void The_deadlock_of_a_form_and_a_worker_in_Control_Invoke_is_found_in_a_running_program()
    {
        using EngineProcess engine = EngineRun.Attach(Target.ProcessId, nonInvasive: true, EngineRun.Desktop);

        string text = engine.Run("!kcallbacks");
        ImmutableArray<JudgedThread> judged = JudgedThread.In(engine.Run("!kcallbacks -json"));

        Assert.Contains("DEADLOCK", text);
        Assert.Contains("wait for each other", text);
        Assert.Contains("call on a UI thread (Control.Invoke)", text);
        AssertRight(judged, knowsLocks: true);
        Assert.AreEqual("Control.Invoke", Of(judged, "form-invoker").WaitingIn);
        Assert.IsFalse(Of(judged, "form-invoker").IsUiThread);
        Assert.Contains("synchronous wait for a task in a window's thread", Of(judged, "form-task").Shapes);
    }

    [TestMethod]
    public void Threads_of_a_full_dump_are_judged_and_explained()
    {
        Assert.IsNotNull(Target);
        using EngineProcess engine = EngineRun.OpenDump(FullDump);

        AssertRight(JudgedThread.In(engine.Run("!kcallbacks -json")), knowsLocks: true);
    }

    [TestMethod]
    public void The_tool_judges_and_explains_them_without_the_runtimes_component()
    {
        Assert.IsNotNull(Target);
        using var output = new StringWriter();
        using var errors = new StringWriter();
        Assert.AreEqual(ExitCode.Alert, new ToolHost(Stream.Null, output, errors, TimeProvider.System).Run(["analyze", FullDump, "--json"]), errors.ToString());
        ImmutableArray<JudgedThread> judged = JudgedThread.In(output.ToString());

        AssertRight(judged, knowsLocks: false);
        Assert.AreEqual(("Control.Invoke", false), (Of(judged, "form-invoker").WaitingIn, Of(judged, "form-invoker").IsUiThread));
        Assert.AreEqual(("Dispatcher.Invoke", IdOf("window-owner")), (Of(judged, "window-dispatcher").WaitingIn, Of(judged, "window-dispatcher").Owner));
    }

    /// <summary>
    /// Windows that appear at the same time ask each other which is active; under Wine one of them now and then asks one that hangs already, and
    /// does not get to its place.
    /// </summary>
    private static SampleTarget StartTarget(int attempts)
    {
        try
        {
            return SampleTarget.StartManaged(EngineRun.Desktop, Paths.DesktopTarget, s_display?.Name, TimeSpan.FromSeconds(25));
        }
        catch (TimeoutException) when (attempts > 1)
        {
            return StartTarget(attempts - 1);
        }
    }

    /// <summary>Only the component in the debugger tells the owners of locks.</summary>
    private static void AssertRight(ImmutableArray<JudgedThread> judged, bool knowsLocks)
    {
        foreach (SampleThread thread in Target.Threads)
        {
            JudgedThread found = judged.Single(finding => finding.SystemId == thread.SystemId);
            Assert.AreEqual((thread.Verdict, thread.Depth, false), (found.Verdict, found.Depth, found.DepthIsMinimum), thread.Name);
            if (thread.Depth == 0)
                continue;
            Assert.AreEqual((thread.Handler, thread.WaitingIn, true), (found.Handler, found.WaitingIn, found.IsUiThread), thread.Name);
            Assert.AreEqual(knowsLocks || thread.WaitingIn != "Monitor.Enter" ? thread.Owner : null, found.Owner, thread.Name);
            Assert.DoesNotContain("nested message pump", thread.WaitingIn is null ? [] : found.Shapes, thread.Name);
        }
    }

    private static uint IdOf(string name) => Target.Threads.Single(thread => thread.Name == name).SystemId;

    private static JudgedThread Of(ImmutableArray<JudgedThread> judged, string name) => judged.Single(finding => finding.SystemId == IdOf(name));
}

using KCallbacks.Engine.Tests.Engine;
using KCallbacks.Engine.Tests.Generated;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures.Cases;

namespace KCallbacks.Engine.Tests;

/// <summary>What the user has selected stays selected, whatever the command does.</summary>
[TestClass]
public sealed class SelectionTests
{
    private static readonly string[] StateCommands = ["~.", ".frame", "n", "r", "kn 3"];

    [TestMethod]
    [DataRow("!kcallbacks")]
    [DataRow("!kcallbacks -walk -v")]
    [DataRow("!kcallbacks -jsonfile Q:\\no\\such\\folder")]
    [DataRow("!kcallbacks -nonsense")]
    public void Thread_frame_and_radix_are_as_before(string command)
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.FullDump);
        StateOf(engine); // The first walk prints warnings about symbols.
        AssertKept(engine, command);

        engine.Run("~3s");
        engine.Run(".frame 4");
        engine.Run("n 8");

        AssertKept(engine, command);
    }

    [TestMethod]
    public void A_scope_set_by_a_context_record_is_as_before()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.FullDump);
        engine.Run("~2s");
        engine.Run(".frame /r /c 3");
        string[] shown = ["~.", ".frame", "r", "n"];
        string[] before = [.. shown.Select(engine.Run)];

        engine.Run("!kcallbacks");

        CollectionAssert.AreEqual(before, shown.Select(engine.Run).ToArray());
    }

    [TestMethod]
    public void Ctrl_Break_leaves_everything_as_it_was()
    {
        (_, EngineProcess opened) = GeneratedSession.Open(UserCases.LargeQuiet);
        using EngineProcess engine = opened;
        engine.Run("~1500s");
        engine.Run(".frame 2");
        string before = StateOf(engine);

        string output = engine.Execute("!kcallbacks -walk", interruptAfter: 30).Text;

        Assert.Contains("PARTIAL", output);
        Assert.AreEqual(before, StateOf(engine));
    }

    [TestMethod]
    public void The_effective_machine_is_as_before()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.FullDump);
        engine.Run(".effmach x86");
        string before = engine.Run(".effmach");

        engine.Execute("!kcallbacks");

        Assert.AreEqual(before, engine.Run(".effmach"));
    }

    private static void AssertKept(EngineProcess engine, string command)
    {
        string before = StateOf(engine);

        engine.Execute(command);

        Assert.AreEqual(before, StateOf(engine), command);
    }

    private static string StateOf(EngineProcess engine) => string.Join('\n', StateCommands.Select(engine.Run));
}

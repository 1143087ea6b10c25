using KCallbacks.Engine.Tests.Engine;
using KCallbacks.Engine.Tests.Generated;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures.Cases;

namespace KCallbacks.Engine.Tests;

/// <summary>What the user has selected stays selected, whatever the command does.</summary>
[TestClass]
public sealed class SelectionTests
{
    /// <summary>Frames without numbers: after .frame /c the engine counts them from that frame's, which no interface can set again.</summary>
    private static readonly string[] StateCommands = ["~.", ".frame", "n", ".effmach", "r", "k 3"];

    private static readonly string WrittenFile = EngineRun.Platform.WindowsPathOf(Path.Combine(Paths.Dumps, "selection.json"));

    /// <summary>Every option, and every way to fail.</summary>
    private static readonly string[] CommandLines =
    [
        "!kcallbacks",
        "!kcallbacks -a",
        "!kcallbacks -t 1,3-5",
        "!kcallbacks -v",
        "!kcallbacks -m KiUser*",
        "!kcallbacks -d 2",
        "!kcallbacks -r",
        "!kcallbacks -d 2 -i",
        "!kcallbacks -g",
        "!kcallbacks -json",
        $"!kcallbacks -jsonfile {WrittenFile}",
        $"!kcallbacks -record {WrittenFile}",
        "!kcallbacks -walk -v -a",
        "!kcallbacks -stats",
        "!kcallbacks -version",
        "!kcallbacks -?",
        "!kcallbacks -nonsense",
        "!kcallbacks -d x",
        "!kcallbacks -t 5-2",
        "!kcallbacks -p all",
        "!kcallbacks -jsonfile Q:\\no\\such\\folder\\file",
        "!kcallbacks -record Q:\\no\\such\\folder\\file",
        "dx -r2 @$curprocess.KernelCallbacks",
    ];

    [TestMethod]
    [DataRow]
    [DataRow("~3s", ".frame 4", "n 8")]
    [DataRow("~2s", ".frame /c 3", "n 10")]
    [DataRow("~2s", ".cxr @rsp")]
    public void Thread_frame_context_machine_and_radix_are_as_before(params string[] selection)
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.FullDump);
        StateOf(engine); // The first walk prints warnings about symbols.
        foreach (string command in selection)
            engine.Execute(command);
        string before = StateOf(engine);

        foreach (string command in CommandLines)
        {
            engine.Execute(command);

            Assert.AreEqual(before, StateOf(engine), command);
        }
    }

    [TestMethod]
    public void A_machine_that_the_user_has_set_is_as_before()
    {
        using EngineProcess engine = EngineRun.OpenDump(Sample.FullDump);
        engine.Run(".effmach x86");
        string before = engine.Run(".effmach");

        foreach (string command in CommandLines)
        {
            engine.Execute(command);

            Assert.AreEqual(before, engine.Run(".effmach"), command);
        }
    }

    [TestMethod]
    public void Thread_frame_and_radix_are_as_before_in_secure_mode()
    {
        using EngineProcess engine = EngineRun.OpenDumpSecurely(Sample.FullDump);
        engine.Run("~3s");
        engine.Run(".frame 4");
        engine.Run("n 8");
        StateOf(engine);
        string before = StateOf(engine);

        foreach (string command in CommandLines)
            engine.Execute(command);

        Assert.AreEqual(before, StateOf(engine));
    }

    [TestMethod]
    public void Ctrl_Break_leaves_everything_as_it_was()
    {
        (_, EngineProcess opened) = GeneratedSession.Open(UserCases.LargeQuiet);
        using EngineProcess engine = opened;
        engine.Run("~1500s");
        engine.Run(".frame 2");
        string before = StateOf(engine);

        foreach (string options in (string[])["-walk", "-v -a", "-json -walk", $"-walk -record {WrittenFile}"])
        {
            string output = engine.Execute($"!kcallbacks {options}", interruptAfter: 10).Text;

            Assert.MatchesRegex("PARTIAL|\"complete\":false", output, options);
            Assert.AreEqual(before, StateOf(engine), options);
        }
    }

    private static string StateOf(EngineProcess engine) => string.Join('\n', StateCommands.Select(command => engine.Execute(command).Text));
}

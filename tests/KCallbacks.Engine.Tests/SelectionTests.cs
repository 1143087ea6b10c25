using KCallbacks.Engine.Tests.Engine;
using KCallbacks.Engine.Tests.Generated;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Windows;

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

    /// <summary>Dumps, and machines that their targets can have besides their own.</summary>
    public static IEnumerable<object[]> Machines =>
    [
        ["nested-win10", "x86"],
        ["wow64-win10", "x86"],
        ["both-wow64-win10", "x86"],
        ["shapes-arm64-win11", "amd64"],
        ["shapes-arm64-win11", "arm64ec"],
        ["shapes-arm64-win11", "arm"],
        ["shapes-arm64-win11", "x86"],
    ];

    [TestMethod]
    [DynamicData(nameof(Machines))]
    public void Under_every_machine_that_the_target_can_have_the_answer_is_the_same_and_the_selection_stays(string plan, string machine)
    {
        (_, EngineProcess opened) = GeneratedSession.Open(UserCases.All.Single(candidate => candidate.Name == plan));
        using EngineProcess engine = opened;
        // The engine tells what it could not load before it prints the first report.
        StateOf(engine);
        AnswerOf(engine);
        string answer = AnswerOf(engine);

        foreach (string selection in (string[])["~1s", ".frame 1", ".cxr @$csp"])
        {
            engine.Execute($".effmach {machine}");
            engine.Execute(selection);
            string before = StateOf(engine);

            Assert.AreEqual(answer, AnswerOf(engine), selection);
            foreach (string command in CommandLines)
            {
                engine.Execute(command);

                Assert.AreEqual(before, StateOf(engine), $"{selection}, {command}");
            }
        }
    }

    [TestMethod]
    public void A_context_of_32_bit_code_set_by_the_user_stays()
    {
        (_, EngineProcess opened) = GeneratedSession.Open(Wow64Cases.Both(WindowsLayout.Windows10));
        using EngineProcess engine = opened;
        engine.Run(".effmach x86");
        engine.Run(".cxr poi(@$teb+1488)+4");
        StateOf(engine);
        string before = StateOf(engine);
        Assert.Contains("NtWaitForSingleObject", before);

        foreach (string command in CommandLines)
        {
            engine.Execute(command);

            Assert.AreEqual(before, StateOf(engine), command);
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

    private static string StateOf(EngineProcess engine) => string.Join('\n', StateCommands.Select(command => WithoutRemarks(engine.Execute(command).Text)));

    private static string AnswerOf(EngineProcess engine)
    {
        // Its first line ends with the time it took.
        string report = WithoutRemarks(engine.Run("!kcallbacks -v -a"));
        int time = report.IndexOf(" (", StringComparison.Ordinal);
        return $"{report[..time]}{report[report.IndexOf('\n', StringComparison.Ordinal)..]}{WithoutRemarks(engine.Run("!kcallbacks -json"))}{WithoutRemarks(engine.Run("dx -r2 @$curprocess.KernelCallbacks"))}";
    }

    /// <summary>What the engine itself remarks when it looks for the exception chain of a machine that the target is not of.</summary>
    private static string WithoutRemarks(string output) =>
        string.Join('\n', output.Split('\n').Where(line => !line.StartsWith("Unable to retrieve exception chain", StringComparison.Ordinal)));
}

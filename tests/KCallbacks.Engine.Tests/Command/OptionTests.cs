using System.Text.Json;
using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.Engine.Tests.Generated;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Windows;
using KCallbacks.PrintedStacks;
using KCallbacks.Recordings;

namespace KCallbacks.Engine.Tests.Command;

/// <summary>Every option in the real engine, on ten threads of which thread N is N callbacks deep.</summary>
[TestClass]
public sealed class OptionTests
{
    private const int Threads = 10;

    private static EngineProcess? s_engine;

    private static EngineProcess Engine => s_engine ?? throw new InvalidOperationException("The engine does not run.");

    [ClassInitialize]
    public static void Open(TestContext context)
    {
        (_, s_engine) = GeneratedSession.Open(UserCases.Nested(WindowsLayout.Windows10));
        Engine.Run("~*k"); // loads the symbols and says what is wrong with them
    }

    [ClassCleanup]
    public static void Close() => s_engine?.Dispose();

    [TestMethod]
    [DataRow("", "1 2 3 4 5 6 7 8 9")]
    [DataRow("-a", "0 1 2 3 4 5 6 7 8 9")]
    [DataRow("-t 0,4-6", "0 4 5 6")]
    [DataRow("-d 7", "7 8 9")]
    [DataRow("-d 7 -i", "0 1 2 3 4 5 6")]
    [DataRow("-m KiUserCallback*", "1 2 3 4 5 6 7 8 9")]
    [DataRow("-m no_such_function", "")]
    [DataRow("-a -m app!WinMain", "0 1 2 3 4 5 6 7 8 9")]
    [DataRow("-r", "")]
    [DataRow("-walk", "1 2 3 4 5 6 7 8 9")]
    public void Threads_are_listed_as_asked_for(string options, string depths)
    {
        string listed = string.Join(' ', PrintedFinding.In(Engine.Run($"!kcallbacks {options}")).Select(finding => finding.Depth));

        Assert.AreEqual(depths, listed);
    }

    [TestMethod]
    public void A_thread_that_is_not_there_is_named() => Assert.Contains("there is no thread 99;", Engine.Run("!kcallbacks -t 99"));

    [TestMethod]
    public void Threads_are_found_by_their_system_ids()
    {
        uint systemId = PrintedFinding.In(Engine.Run("!kcallbacks -t 3")).Single().SystemId;

        Assert.AreEqual(3, PrintedFinding.In(Engine.Run($"!kcallbacks -t ~~[{systemId:x}]")).Single().Depth);
    }

    [TestMethod]
    public void Only_threads_at_the_return_are_listed_by_r()
    {
        (_, EngineProcess opened) = GeneratedSession.Open(UserCases.Shapes(WindowsLayout.Windows10));
        using EngineProcess engine = opened;

        PrintedFinding[] findings = [.. PrintedFinding.In(engine.Run("!kcallbacks -r"))];

        Assert.HasCount(3, findings);
        Assert.IsTrue(findings.All(finding => finding.Verdict == "at-return"));
    }

    [TestMethod]
    public void All_threads_but_those_named_are_listed_by_t_with_i()
    {
        uint named = PrintedFinding.In(Engine.Run("!kcallbacks -t 1")).Single().SystemId;

        PrintedFinding[] others = [.. PrintedFinding.In(Engine.Run("!kcallbacks -t 1 -i"))];

        Assert.HasCount(Threads - 1, others);
        Assert.DoesNotContain(named, others.Select(finding => finding.SystemId));
    }

    [TestMethod]
    public void Stacks_are_shown_with_the_frames_of_the_callback_marked()
    {
        string[] lines = Engine.Run("!kcallbacks -v -t 2").Split('\n');

        Assert.AreEqual(2, lines.Count(line => line.Contains("---------------- callback", StringComparison.Ordinal)), string.Join('\n', lines));
        Assert.Contains("  callback 2  WM_USER+0x2", string.Join('\n', lines));
    }

    [TestMethod]
    [DataRow("-v -t 0")]
    [DataRow("-v -d 1 -i")]
    public void A_thread_in_no_callback_that_is_listed_has_its_stack_shown(string options)
    {
        string output = Engine.Run($"!kcallbacks {options}");

        Assert.Contains("app!WinMain", output);
        Assert.DoesNotContain("no frames", output);
    }

    [TestMethod]
    public void Threads_with_the_same_stack_are_one_group()
    {
        (_, EngineProcess opened) = GeneratedSession.Open(UserCases.LargeQuiet);
        using EngineProcess engine = opened;

        Assert.Contains("   x ", engine.Run("!kcallbacks -g"));
        Assert.DoesNotContain("more", engine.Run("!kcallbacks -g -a -d 1").Split("\n\n")[1]);
    }

    [TestMethod]
    public void Json_is_the_same_printed_and_written()
    {
        string path = Path.Combine(Paths.Dumps, "nested.json");

        string printed = Engine.Run("!kcallbacks -json");
        string written = Engine.Run($"!kcallbacks -t 1 -jsonfile {EngineRun.Platform.WindowsPathOf(path)}");

        using JsonDocument all = JsonDocument.Parse(printed);
        using JsonDocument one = JsonDocument.Parse(File.ReadAllText(path));
        Assert.AreEqual(Threads, all.RootElement.GetProperty("threads").GetArrayLength());
        Assert.AreEqual(all.RootElement.GetProperty("threads")[1].ToString(), one.RootElement.GetProperty("threads")[0].ToString());
        Assert.Contains("Written: ", written);
    }

    [TestMethod]
    public void Json_has_the_ids_of_the_debugger_and_of_the_system()
    {
        using JsonDocument report = JsonDocument.Parse(Engine.Run("!kcallbacks -json -t 3"));

        JsonElement thread = report.RootElement.GetProperty("threads")[0];
        Assert.AreEqual(3u, thread.GetProperty("engineId").GetUInt32());
        Assert.AreEqual(PrintedFinding.In(Engine.Run("!kcallbacks -t 3")).Single().SystemId, thread.GetProperty("systemId").GetUInt32());
    }

    [TestMethod]
    public void A_recording_is_judged_again_as_the_session_was() => AssertRecordingIsJudgedAlike(Engine, "nested-recording.json");

    [TestMethod]
    public void A_recording_of_a_dump_without_names_has_the_code_that_was_judged()
    {
        (_, EngineProcess opened) = GeneratedSession.Open(UserCases.StacksAndCode(WindowsLayout.Windows10));
        using EngineProcess engine = opened;

        AssertRecordingIsJudgedAlike(engine, "small-recording.json");
    }

    [TestMethod]
    public void Statistics_say_how_much_was_read_and_walked_and_what_printing_took()
    {
        string text = Engine.Run("!kcallbacks -stats");

        Assert.Contains($"Read and searched {Threads} threads", text);
        Assert.MatchesRegex(@"Printed in [0-9.]+ ms\.", text);
    }

    [TestMethod]
    public void The_version_is_one_line() =>
        Assert.MatchesRegex(@"^kcallbacks \d+\.\d+\.\d+\S*\n$", Engine.Run("!kcallbacks -version"));

    [TestMethod]
    [DataRow("-walkk", "-walk")]
    [DataRow("-jsn", "-json")]
    [DataRow("-d x", "-d")]
    [DataRow("-t 5-2", "5-2")]
    [DataRow("-record", "-record")]
    public void What_cannot_be_understood_is_named_with_what_was_meant(string options, string named)
    {
        string output = Engine.Execute($"!kcallbacks {options}").Text;

        Assert.StartsWith("kcallbacks: ", output);
        Assert.Contains(named, output);
        Assert.HasCount(1, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static void AssertRecordingIsJudgedAlike(EngineProcess engine, string name)
    {
        string path = Path.Combine(Paths.Dumps, name);
        engine.Run($"!kcallbacks -record {EngineRun.Platform.WindowsPathOf(path)}");

        using FileStream stream = File.OpenRead(path);
        RecordingFile recording = StackFile.Open(stream);
        var detector = new CallbackDetector(recording.Process);
        ThreadFinding[] findings = [.. recording.ReadThreads().Select(detector.Judge)];

        Assert.IsFalse(recording.HasErrors);
        using JsonDocument session = JsonDocument.Parse(engine.Run("!kcallbacks -json"));
        Assert.AreSequenceEqual(
            session.RootElement.GetProperty("threads").EnumerateArray().Select(Summary),
            findings.Select(Summary));
    }

    private static string Summary(JsonElement thread) =>
        $"{thread.GetProperty("verdict")} {thread.GetProperty("depth")} {string.Join(' ', thread.GetProperty("callbacks").EnumerateArray().Select(callback => callback.GetProperty("routine")))}";

    private static string Summary(ThreadFinding finding) =>
        $"{PrintedFinding.WordOf(finding.Verdict)} {finding.Depth} {string.Join(' ', finding.Callbacks.Select(callback => callback.Routine))}";
}

using System.Text.Json.Nodes;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.Engine.Tests.Generated;
using KCallbacks.EngineHost.Client;
using KCallbacks.EngineHost.Client.Protocol;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Windows;

namespace KCallbacks.Engine.Tests.Command;

/// <summary><c>-compare FILE</c> in the real engine: a session against what an earlier run has written.</summary>
[TestClass]
public sealed class CompareTests
{
    private static readonly string Report = Path.Combine(Paths.Dumps, "compared.json");

    private static EngineProcess? s_engine;

    private static EngineProcess Engine => s_engine ?? throw new InvalidOperationException("The engine does not run.");

    [ClassInitialize]
    public static void Open(TestContext context)
    {
        (_, s_engine) = GeneratedSession.Open(WaitCases.WindowAndSection(WindowsLayout.Windows10));
        Engine.Run("!kcallbacks"); // loads the symbols and says what is wrong with them
        Engine.Run($"!kcallbacks -jsonfile {EngineRun.Platform.WindowsPathOf(Report)}");
    }

    [ClassCleanup]
    public static void Close() => s_engine?.Dispose();

    [TestMethod]
    public void A_report_of_the_same_session_has_every_thread_where_it_stands()
    {
        string output = Compare(Report);

        Assert.StartsWith("DEADLOCK: ", output);
        Assert.MatchesRegex("(?m)^=    0 1a30     1", output);
        Assert.Contains("= same wait in both. By thread id.", output);
        Assert.DoesNotContain("\n*", output);
    }

    [TestMethod]
    public void A_recording_tells_no_waits_so_nothing_is_certain()
    {
        string recording = Path.Combine(Paths.Dumps, "compared.recording");
        Engine.Run($"!kcallbacks -record {EngineRun.Platform.WindowsPathOf(recording)}");

        string output = Compare(recording);

        Assert.MatchesRegex("(?m)^~    0 1a30     1", output);
        Assert.DoesNotContain("\n*", output);
        Assert.DoesNotContain("\n=", output);
    }

    [TestMethod]
    public void Json_says_the_same()
    {
        JsonNode json = JsonNode.Parse(Engine.Run($"!kcallbacks -json -compare {EngineRun.Platform.WindowsPathOf(Report)}"))!;

        Assert.AreEqual("deadlock", json["result"]!["state"]!.GetValue<string>());
        Assert.IsNull(json["secondsBetween"], "a generated dump does not say when it was made");
        Assert.AreEqual("same", json["threads"]![0]!["change"]!.GetValue<string>());
    }

    [TestMethod]
    public void A_report_of_another_process_is_refused()
    {
        string other = Path.Combine(Paths.Dumps, "another.json");
        JsonNode json = JsonNode.Parse(File.ReadAllText(Report))!;
        json["capture"]!["processId"] = 1;
        File.WriteAllText(other, json.ToJsonString());

        Assert.Contains("of process 1;", Refusal(EngineRun.Platform.WindowsPathOf(other)));
    }

    [TestMethod]
    public void What_is_no_report_is_refused()
    {
        Assert.Contains("compared.not", Refusal(EngineRun.Platform.WindowsPathOf(Path.Combine(Paths.Dumps, "compared.not"))));
        string text = Path.Combine(Paths.Dumps, "compared.txt");
        File.WriteAllText(text, "ntdll!NtWaitForSingleObject");
        Assert.Contains("compared.txt", Refusal(EngineRun.Platform.WindowsPathOf(text)));
        Assert.Contains("compares all threads", Refusal($"{EngineRun.Platform.WindowsPathOf(Report)} -t 0"));
    }

    private static string Compare(string path) => Engine.Run($"!kcallbacks -compare {EngineRun.Platform.WindowsPathOf(path)}");

    private static string Refusal(string arguments)
    {
        Reply reply = Engine.Execute($"!kcallbacks -compare {arguments}");
        Assert.HasCount(1, reply.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("kcallbacks: ", reply.Text);
        return reply.Text;
    }
}

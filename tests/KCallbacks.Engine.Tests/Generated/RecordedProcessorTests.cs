using System.Text.Json;
using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.PrintedStacks;
using KCallbacks.Recordings;

namespace KCallbacks.Engine.Tests.Generated;

/// <summary>A recording of each processor's dump, and of one with two halves, says what the session said.</summary>
[TestClass]
public sealed class RecordedProcessorTests
{
    [TestMethod]
    [DataRow("shapes-arm64-win11")]
    [DataRow("stacks-arm64-win11")]
    [DataRow("shapes-x86-win7")]
    [DataRow("both-wow64-win10")]
    [DataRow("exports-wow64-win10")]
    public void A_recording_is_judged_as_the_session(string name)
    {
        (_, EngineProcess opened) = GeneratedSession.Open(UserCases.All.Single(plan => plan.Name == name));
        using EngineProcess engine = opened;
        string path = Path.Combine(Paths.Dumps, $"recorded-{name}.json");
        engine.Run($"!kcallbacks -record {EngineRun.Platform.WindowsPathOf(path)}");
        string output = engine.Run("!kcallbacks -json");
        using JsonDocument session = JsonDocument.Parse(output[output.IndexOf("{\"schema\"", StringComparison.Ordinal)..]);

        using FileStream stream = File.OpenRead(path);
        RecordingFile recording = StackFile.Open(stream);
        var detector = new CallbackDetector(recording.Process);
        ThreadStack[] threads = [.. recording.ReadThreads()];

        Assert.IsFalse(recording.HasErrors);
        Assert.AreSequenceEqual(
            session.RootElement.GetProperty("threads").EnumerateArray().Select(Summary),
            threads.Select(thread => Summary(detector.Judge(thread))));
        if (name.Contains("wow64", StringComparison.Ordinal))
            Assert.IsTrue(threads.Count(thread => thread.Wow64Half is { Frames.IsEmpty: false, Memory: not null }) >= threads.Length - 2, "both halves are recorded");
    }

    private static string Summary(JsonElement thread) =>
        $"{thread.GetProperty("verdict")} {thread.GetProperty("depth")} {string.Join(' ', thread.GetProperty("callbacks").EnumerateArray().Select(callback => $"{callback.GetProperty("routine")} {callback.GetProperty("entry")}"))}";

    private static string Summary(ThreadFinding finding) =>
        $"{PrintedFinding.WordOf(finding.Verdict)} {finding.Depth} {string.Join(' ', finding.Callbacks.Select(callback => $"{callback.Routine} {callback.Entry}"))}";
}

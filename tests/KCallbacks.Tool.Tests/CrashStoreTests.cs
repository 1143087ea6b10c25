using System.Text.Json.Nodes;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Windows;
using KCallbacks.Tool.Inputs;

namespace KCallbacks.Tool.Tests;

/// <summary>What a processor of crash reports needs that hands the tool one dump and kills it when it takes long (docs/cluster.md).</summary>
[TestClass]
public sealed class CrashStoreTests
{
    private static readonly Lazy<byte[]> Dump = new(() => File.ReadAllBytes(FixtureFolder.OfRepository.Generate(UserCases.Nested(WindowsLayout.Windows10)).Path));

    [TestMethod]
    [DataRow(100, "ok", "blocked")]
    [DataRow(90, "partial", null)]
    [DataRow(1, "unreadable", null)]
    public void One_dump_on_standard_input_gives_one_object_with_status_and_signature(int percent, string outcome, string? state)
    {
        ToolRun run = ToolRun.With(Dump.Value[..(Dump.Value.Length * percent / 100)], TimeProvider.System, "analyze", "--jsonl", "-");

        JsonNode answer = JsonNode.Parse(run.Lines.Single())!;
        Assert.AreEqual(outcome, answer["outcome"]!.GetValue<string>());
        Assert.AreEqual(outcome == "unreadable", answer["result"] is null);
        Assert.AreEqual(outcome == "unreadable", answer["error"] is not null);
        if (state is null)
            return;
        Assert.AreEqual(state, answer["result"]!["state"]!.GetValue<string>());
        Assert.IsNotEmpty(answer["result"]!["signature"]!.GetValue<string>());
    }

    [TestMethod]
    public void A_dump_from_standard_input_leaves_no_file_when_the_process_is_killed()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("Skipped: another system deletes the file when the process ends, or never.");
        using var spooled = SpooledFile.Of(new MemoryStream(Dump.Value));

        // A process that is killed does nothing more; so nothing may be left to do.
        Assert.IsEmpty(Directory.GetFiles(Path.GetTempPath(), "kcallbacks-*.dmp").Where(file => new FileInfo(file).Length == Dump.Value.Length && File.ReadAllBytes(file).SequenceEqual(Dump.Value)));
        Assert.AreSequenceEqual(Dump.Value, File.ReadAllBytes(spooled.Path));
    }
}

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
    private static readonly Lazy<byte[]> Dump = new(() => File.ReadAllBytes(FixtureFolder.OfRepository.Generate(UserCases.StacksAndCode(WindowsLayout.Windows10)).Path));

    [TestMethod]
    [DataRow(1.0, "ok", "blocked")]
    [DataRow(0.9, "partial", null)]
    [DataRow(0.001, "unreadable", null)]
    public void One_dump_on_standard_input_gives_one_object_with_status_and_signature(double part, string outcome, string? state)
    {
        ToolRun run = ToolRun.With(Dump.Value[..(int)(Dump.Value.Length * part)], TimeProvider.System, "analyze", "--jsonl", "-");

        JsonNode answer = JsonNode.Parse(run.Lines.Single())!;
        Assert.AreEqual(outcome, answer["outcome"]!.GetValue<string>());
        Assert.AreEqual(outcome == "unreadable", answer["result"] is null);
        Assert.AreEqual(outcome == "unreadable", answer["error"] is not null);
        if (state is null)
            return;
        Assert.AreEqual(state, answer["result"]!["state"]!.GetValue<string>());
        Assert.StartsWith("kc1|", answer["result"]!["signature"]!.GetValue<string>());
        Assert.MatchesRegex("^[0-9a-f]{8}$", answer["result"]!["bucket"]!.GetValue<string>());
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

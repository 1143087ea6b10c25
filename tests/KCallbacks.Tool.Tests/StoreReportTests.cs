using System.Text.Json;
using KCallbacks.Detection.Signatures;
using KCallbacks.Triage.Rows;
using KCallbacks.Triage.Store;

namespace KCallbacks.Tool.Tests;

/// <summary><c>kcallbacks triage report</c> as it is typed.</summary>
[TestClass]
public sealed class StoreReportTests
{
    private const string Signature = "kc1|wndproc|lock|app";

    private readonly string _folder = Directory.CreateTempSubdirectory("kcallbacks").FullName;

    [TestCleanup]
    public void Clean() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void The_text_has_a_line_per_bucket_and_the_command_that_opens_one()
    {
        ToolRun run = Report(Store(Row(1), Row(2), Row(2, "kc1|*/wndproc|lock|?")));

        Assert.AreEqual(ExitCode.Fine, run.Code, run.Error);
        string[] lines = [.. run.Lines];
        Assert.AreEqual("3 inputs: 3 hang, in 1 bucket.", lines[0]);
        Assert.Contains($"{HangSignature.BucketOf(Signature)}  {Signature}", lines[3]);
        Assert.Contains("kcallbacks analyze /dumps/1.dmp -v -t 2", lines[4]);
        Assert.EndsWith("may be of it: kc1|*/wndproc|lock|?", lines[5]);
    }

    [TestMethod]
    public void The_JSON_is_one_object_with_the_members_of_the_document()
    {
        using JsonDocument report = JsonDocument.Parse(Report(Store(Row(1), Row(2), Row(2, "kc1|*/wndproc|lock|?")), "--json").Output);

        JsonElement bucket = report.RootElement.GetProperty("buckets")[0];
        Assert.AreEqual(3, report.RootElement.GetProperty("hangs").GetInt64());
        Assert.AreEqual(Signature, bucket.GetProperty("key").GetString());
        Assert.AreEqual("PC1", bucket.GetProperty("machines").GetInt32() == 1 ? "PC1" : "");
        Assert.AreEqual("2026-11-17T00:00:00Z", bucket.GetProperty("first").GetString());
        Assert.IsTrue(bucket.GetProperty("partials")[0].GetProperty("partial").GetBoolean());
        string document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "store.md"));
        foreach (JsonProperty member in report.RootElement.EnumerateObject().Concat(bucket.EnumerateObject()))
            Assert.Contains(member.Name, document);
    }

    [TestMethod]
    public void The_CSV_has_a_line_per_bucket_and_no_formulas()
    {
        string[] lines = [.. Report(Store(Row(1) with { Program = "=cmd|' /C calc'!A0" }, Row(2, "kc1|*/wndproc|lock|?")), "--csv").Lines];

        Assert.HasCount(3, lines);
        Assert.StartsWith("signature,bucket,partial,under,", lines[0]);
        Assert.Contains("'=cmd", string.Join('\n', lines));
    }

    [TestMethod]
    public void Names_cannot_write_to_the_terminal()
    {
        ToolRun run = Report(Store(Row(1) with { Path = "/dumps/\u001b[2Jx\ny.dmp", Program = "\u001b]0;x\u0007" }));

        Assert.DoesNotContain("\u001b", run.Output);
        Assert.AreEqual(5, run.Lines.Count());
    }

    [TestMethod]
    [DataRow("--since 2026-11-20 --until 2026-11-19", "the period ends before it begins")]
    [DataRow("--since 2026-11-20 --compare 2026-11-21", "the earlier period begins after this one")]
    [DataRow("--since yesterday", "--since yesterday: a time is expected")]
    [DataRow("--by colour", "colour")]
    [DataRow("--json --csv", "name one")]
    [DataRow("--top many", "a number is expected")]
    public void What_makes_no_sense_is_refused(string options, string expected)
    {
        ToolRun run = Report(Store(Row(1)), options.Split(' '));

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.Contains(expected, run.Error);
    }

    [TestMethod]
    public void What_is_no_store_is_said()
    {
        ToolRun run = Report(_folder);

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.Contains("is no store", run.Error);
    }

    [TestMethod]
    public void Without_times_the_last_seven_days_are_compared_with_the_seven_before()
    {
        DateTime now = DateTime.UtcNow;
        ToolRun run = Report(Store(Row(1) with { Made = now.AddDays(-1) }, Row(2) with { Made = now.AddDays(-8) }, Row(3) with { Made = now.AddDays(-15) }), "--compare", "--json");

        using JsonDocument report = JsonDocument.Parse(run.Output);
        Assert.AreEqual(1, report.RootElement.GetProperty("hangs").GetInt64());
        Assert.AreEqual(1, report.RootElement.GetProperty("earlierHangs").GetInt64());
    }

    private static ToolRun Report(string store, params string[] options) => ToolRun.Of(["triage", "report", store, .. options]);

    private string Store(params TriageRow[] rows)
    {
        StoreFolder store = StoreFolder.Create(Path.Combine(_folder, "store"));
        File.WriteAllLines(Path.Combine(store.Path, "rows-1-of-1.jsonl"), rows.Select((row, index) => RowText.Write(row.Path.Length > 0 ? row : row with { Path = $"/dumps/{index + 1}.dmp" })));
        return store.Path;
    }

    private static TriageRow Row(int day, string signature = Signature) => new()
    {
        Path = "",
        Size = 100 * day,
        Outcome = TriageOutcome.Ok,
        Program = "app.exe",
        Version = "1.0",
        Machine = "PC1",
        Made = new DateTime(2026, 11, 16, 0, 0, 0, DateTimeKind.Utc).AddDays(day),
        State = "blocked",
        Signature = signature,
        Bucket = HangSignature.BucketOf(signature),
        Hung = new(2, 0x10, 1, null, null, null),
    };
}

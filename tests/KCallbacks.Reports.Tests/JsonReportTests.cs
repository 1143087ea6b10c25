using System.Text.Json.Nodes;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Json;
using KCallbacks.Reports.Markup;
using KCallbacks.Snapshots;

namespace KCallbacks.Reports.Tests;

[TestClass]
public sealed class JsonReportTests
{
    private static readonly JsonSchema Schema = JsonSchema.Load(Path.Combine(AppContext.BaseDirectory, "kcallbacks.schema.json"));

    public static IEnumerable<object[]> Reports =>
    [
        ["hung", SampleReports.Hung],
        ["quiet", SampleReports.Quiet],
        ["partial", SampleReports.Partial],
        ["many", SampleReports.Many],
        ["kernel", SampleReports.Kernel],
        ["hostile", SampleReports.Hostile],
        ["empty", SampleReports.Of(SourceKind.Text, [])],
    ];

    [TestMethod]
    [DynamicData(nameof(Reports))]
    public void Output_is_valid_by_the_schema(string name, Report report)
    {
        IReadOnlyList<string> errors = Schema.Errors(Parse(report));

        Assert.IsEmpty(errors, $"{name}: {string.Join("; ", errors)}");
    }

    [TestMethod]
    public void Output_is_as_reviewed() => Snapshot.Matches("hung.json", JsonReport.Lines(SampleReports.Hung, SampleReports.Hung.Findings));

    [TestMethod]
    public void Kernel_sessions_are_as_reviewed() => Snapshot.Matches("kernel.json", JsonReport.Lines(SampleReports.Kernel, SampleReports.Kernel.Findings));

    [TestMethod]
    public void Hostile_names_are_as_reviewed() => Snapshot.Matches("hostile.json", JsonReport.Lines(SampleReports.Hostile, SampleReports.Hostile.Findings));

    [TestMethod]
    [DataRow("""{"threads":[{"verdict":"maybe"}]}""", "$.threads[0].verdict must be one of")]
    [DataRow("""{"schema":2}""", "$.schema must be 1")]
    [DataRow("""{"extra":1}""", "$.extra is not in the schema")]
    [DataRow("{}", "$.warnings is missing")]
    [DataRow("""{"threads":[{"callbacks":[{"message":{"wParam":"0x1"}}]}]}""", "$.threads[0].callbacks[0].message must be exactly one of")]
    [DataRow("""{"summary":{"threads":-1}}""", "$.summary.threads must be at least 0")]
    [DataRow("""{"complete":"yes"}""", "$.complete must be of type")]
    public void The_schema_refuses_what_is_wrong(string json, string error) =>
        Assert.IsTrue(Schema.Errors(JsonNode.Parse(json)).Any(found => found.StartsWith(error, StringComparison.Ordinal)));

    [TestMethod]
    [DynamicData(nameof(Reports))]
    public void Lines_stay_below_the_engines_limit_and_are_ascii(string name, Report report)
    {
        foreach (string line in JsonReport.Lines(report, report.Findings))
        {
            Assert.IsLessThan(Line.EngineLimit, line.Length, name);
            Assert.IsFalse(line.AsSpan().ContainsAnyExceptInRange(' ', '~'), name);
        }
    }

    [TestMethod]
    public void A_thread_longer_than_a_line_is_broken_between_its_fields()
    {
        ThreadFinding deep = SampleReports.Hostile.Findings[1] with { Callbacks = [.. Enumerable.Repeat(SampleReports.Hostile.Findings[1].Callbacks[0], 30)] };
        Report report = SampleReports.Of(SourceKind.Engine, [deep, deep]);

        Assert.IsTrue(JsonReport.Lines(report, report.Findings).All(line => line.Length < Line.EngineLimit));
        Assert.AreEqual(30, Parse(report)["threads"]![1]!["callbacks"]!.AsArray().Count);
    }

    [TestMethod]
    public void Names_come_back_as_they_were_but_for_halves_of_characters()
    {
        JsonNode thread = Parse(SampleReports.Hostile)["threads"]![0]!;

        Assert.AreEqual(SampleReports.HostileName.Replace('\ud800', '\ufffd'), thread["blockedIn"]!.GetValue<string>());
    }

    [TestMethod]
    public void Values_stand_in_the_fields_that_the_document_names()
    {
        JsonNode json = Parse(SampleReports.Hung);
        JsonNode callback = json["threads"]![0]!["callbacks"]![0]!;

        Assert.AreEqual("in-callback", json["threads"]![0]!["verdict"]!.GetValue<string>());
        Assert.AreEqual("USER32!_fnDWORD", callback["routine"]!.GetValue<string>());
        Assert.AreEqual(2, callback["apiNumber"]!.GetValue<int>());
        Assert.AreEqual("both", callback["evidence"]!.GetValue<string>());
        Assert.AreEqual("0x0000000000001234", callback["message"]!["lParam"]!.GetValue<string>());
        Assert.AreEqual("paintapp!WndProc", callback["message"]!["windowProcedure"]!.GetValue<string>());
        Assert.AreEqual(3, json["summary"]!["maxDepth"]!.GetValue<int>());
    }

    [TestMethod]
    public void Json_lines_are_one_line_with_the_same_object()
    {
        string line = JsonReport.SingleLine(SampleReports.Hung, SampleReports.Hung.Findings);

        Assert.DoesNotContain("\n", line);
        Assert.IsTrue(JsonNode.DeepEquals(Parse(SampleReports.Hung), JsonNode.Parse(line)));
    }

    [TestMethod]
    public void The_summary_counts_the_threads_listed()
    {
        JsonNode json = JsonNode.Parse(JsonReport.SingleLine(SampleReports.Hung, [SampleReports.Hung.Findings[0]]))!;

        Assert.AreEqual(1, json["summary"]!["threads"]!.GetValue<int>());
    }

    private static JsonNode Parse(Report report) => JsonNode.Parse(string.Join('\n', JsonReport.Lines(report, report.Findings)))!;
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace KCallbacks.ReportModel.Tests;

/// <summary>Reports as they are printed, read without loss.</summary>
[TestClass]
public sealed class PrintedReportTests
{
    private static readonly string Printed = Path.Combine(AppContext.BaseDirectory, "Printed");

    public static IEnumerable<object[]> Reports =>
        Directory.EnumerateFiles(Printed, "*.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => new object[] { Path.GetRelativePath(Printed, path) });

    [TestMethod]
    [DynamicData(nameof(Reports))]
    public void Every_field_of_a_printed_report_is_known(string name)
    {
        var strict = new ReportJson(new JsonSerializerOptions(ReportJson.Default.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow });

        CallbackReport report = JsonSerializer.Deserialize(TextOf(name), strict.CallbackReport)!;

        Assert.AreEqual(CallbackReport.KnownSchema, report.Schema);
        Assert.IsNotEmpty(report.Threads);
    }

    [TestMethod]
    [DynamicData(nameof(Reports))]
    public void Every_value_of_a_printed_report_comes_back(string name)
    {
        string text = TextOf(name);

        string again = JsonSerializer.Serialize(ReportReader.Read(text), ReportJson.Default.CallbackReport);

        using JsonDocument before = JsonDocument.Parse(text), after = JsonDocument.Parse(again);
        AssertHolds(before.RootElement, after.RootElement, "$");
    }

    [TestMethod]
    public void A_deadlock_is_read_as_records()
    {
        CallbackReport report = ReportReader.Read(TextOf("Engine/deadlock.json"));

        Assert.AreEqual(ReportedState.Deadlock, report.Result!.State);
        Assert.AreEqual(ReportedProof.Certain, report.Result.Proof);
        ReportedFinding finding = report.Findings[0];
        ReportedThread[] circle = [.. finding.Cycle.Select(position => report.ThreadAt(position)!)];
        Assert.IsTrue(circle[0].IsInCallback);
        Assert.AreEqual("USER32!_fnDWORD", circle[0].Callbacks[0].Routine);
        Assert.AreEqual(0x401, circle[0].Callbacks[0].Message!.Number);
        ReportedWait wait = circle[0].WaitsFor[0];
        Assert.AreEqual("critical-section", wait.Kind);
        Assert.AreEqual(0x00007ff610003000UL, wait.Address);
        Assert.AreEqual(circle[1].Position, wait.Owners[0].Position);
        Assert.IsNull(report.ThreadAt(report.Threads.Count));
    }

    private static string TextOf(string name) => File.ReadAllText(Path.Combine(Printed, name));

    /// <summary>Everything that was there is there again; what was left out may be null now.</summary>
    private static void AssertHolds(JsonElement before, JsonElement after, string place)
    {
        Assert.AreEqual(before.ValueKind, after.ValueKind, place);
        switch (before.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in before.EnumerateObject())
                    AssertHolds(member.Value, after.GetProperty(member.Name), $"{place}.{member.Name}");
                break;
            case JsonValueKind.Array:
                Assert.AreEqual(before.GetArrayLength(), after.GetArrayLength(), place);
                foreach ((JsonElement one, JsonElement other) in before.EnumerateArray().Zip(after.EnumerateArray()))
                    AssertHolds(one, other, place + "[]");
                break;
            case JsonValueKind.String when before.TryGetDateTimeOffset(out DateTimeOffset time):
                Assert.AreEqual(time, after.GetDateTimeOffset(), place);
                break;
            default:
                Assert.AreEqual(before.ToString(), after.ToString(), place);
                break;
        }
    }
}

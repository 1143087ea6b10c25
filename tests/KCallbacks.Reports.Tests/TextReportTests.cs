using KCallbacks.Tests;

namespace KCallbacks.Reports.Tests;

[TestClass]
public sealed class TextReportTests
{
    public static IEnumerable<object[]> Cases =>
    [
        ["hung", SampleReports.Hung, new CommandOptions()],
        ["hung-all", SampleReports.Hung, new CommandOptions { All = true }],
        ["hung-verbose", SampleReports.Hung, new CommandOptions { Verbose = true }],
        ["quiet", SampleReports.Quiet, new CommandOptions()],
        ["partial", SampleReports.Partial, new CommandOptions()],
        ["many", SampleReports.Many, new CommandOptions()],
        ["hostile", SampleReports.Hostile, new CommandOptions { Verbose = true }],
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Text_is_as_reviewed(string name, Report report, CommandOptions options) =>
        Snapshot.Matches($"{name}.txt", TextReport.Lines(report, options).Select(PlainText.Render));

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Dml_is_as_reviewed(string name, Report report, CommandOptions options) =>
        Snapshot.Matches($"{name}.dml", TextReport.Lines(report, options).Select(Dml.Render));

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Json_is_as_reviewed(string name, Report report, CommandOptions options)
    {
        if (!options.Verbose && report.Findings.Length < 100)
            Snapshot.Matches($"{name}.json", JsonReport.Lines(report, Selection.ForJson(report, options)));
    }
}

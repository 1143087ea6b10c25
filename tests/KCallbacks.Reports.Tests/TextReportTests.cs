using System.Net;
using System.Text.RegularExpressions;
using KCallbacks.Tests;

namespace KCallbacks.Reports.Tests;

[TestClass]
public sealed partial class TextReportTests
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

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Dml_without_tags_is_the_text(string name, Report report, CommandOptions options)
    {
        foreach (Line line in TextReport.Lines(report, options))
            Assert.AreEqual(PlainText.Render(line), WithoutTags(Dml.Render(line)).TrimEnd(), name);
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void No_line_holds_control_characters_or_exceeds_the_engines_limit(string name, Report report, CommandOptions options)
    {
        foreach (Line line in TextReport.Lines(report, options))
        {
            Assert.IsLessThan(Line.EngineLimit, Dml.Render(line).Length, name);
            Assert.IsFalse(PlainText.Render(line).Any(char.IsControl), name);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void The_table_fits_the_page(string name, Report report, CommandOptions options)
    {
        foreach (string line in TextReport.Lines(report, options with { Verbose = false }).Select(PlainText.Render).Where(line => !line.StartsWith("Warning", StringComparison.Ordinal)))
            Assert.IsLessThanOrEqualTo(TextReport.PageWidth, line.Length, $"{name}: {line}");
    }

    [TestMethod]
    public void Only_our_own_commands_and_plain_names_are_links()
    {
        string dml = string.Join('\n', TextReport.Lines(SampleReports.Hostile, new CommandOptions { Verbose = true }).Select(Dml.Render));

        foreach (Match link in LinkCommand().Matches(dml))
            Assert.MatchesRegex(@"^(~~\[[0-9a-f]+\]s;kn|(u|lmvm) [A-Za-z_][A-Za-z0-9_]*(![A-Za-z_][A-Za-z0-9_]*)?|!kcallbacks -[a-z?]+|\.reload /f (ntdll|user32)\.dll)$", link.Groups[1].Value);
    }

    private static string WithoutTags(string dml) => WebUtility.HtmlDecode(Tag().Replace(dml, ""));

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("<link cmd=\"([^\"]*)\">")]
    private static partial Regex LinkCommand();
}

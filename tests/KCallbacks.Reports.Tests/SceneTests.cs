using System.Text.Json.Nodes;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Html;
using KCallbacks.Reports.Json;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Phrases;
using KCallbacks.Reports.Rows;
using KCallbacks.Reports.Text;
using KCallbacks.Snapshots;
using KCallbacks.Wording;

namespace KCallbacks.Reports.Tests;

/// <summary>The situations that the output was designed for, at the widths that it was designed for.</summary>
[TestClass]
public sealed class SceneTests
{
    private const int Screen = 30;
    private const int MostOfCrowd = 20;
    private const int LongestLine = 4_000;

    private static readonly int[] Widths = [80, 100, 160];

    public static IEnumerable<object[]> Cases => Scenes.All.SelectMany(scene => Widths.Select(width => new object[] { scene.Name, width }));

    public static IEnumerable<object[]> Names => Scenes.All.Select(scene => new object[] { scene.Name });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_scene_looks_as_reviewed(string name, int width) =>
        Snapshot.Matches($"scene-{name}-{width}.txt", Text(name, new ReportForm { Width = width }));

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Its_markup_is_as_reviewed(string name, int width) =>
        Snapshot.Matches($"scene-{name}-{width}.dml", TextReport.Lines(ReportOf(name), new ThreadFilter(), new ReportForm { Width = width }).Select(Dml.Render));

    /// <summary>Of a crowd the beginnings of the lines of the first threads, which are like all others; no JSON any more.</summary>
    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Its_json_is_as_reviewed(string name) =>
        Snapshot.Matches(name == "crowd" ? "scene-crowd.json.txt" : $"scene-{name}.json", JsonReport.Lines(ReportOf(name), [.. ReportOf(name).Findings.Take(MostOfCrowd)]).Select(line => line.Length > LongestLine ? line[..LongestLine] : line));

    [TestMethod]
    [DataRow("deadlock")]
    [DataRow("chains")]
    [DataRow("crowd")]
    public void Its_chains_are_as_reviewed(string name) => Snapshot.Matches($"scene-{name}-w.txt", Text(name, new ReportForm { Chains = true }));

    [TestMethod]
    [DataRow("deadlock", "0")]
    [DataRow("leftover", "0,5")]
    [DataRow("ambiguous", "0")]
    [DataRow("foreign", "0")]
    [DataRow("returning", "0")]
    public void A_thread_s_evidence_is_as_reviewed(string name, string threads) =>
        Snapshot.Matches($"scene-{name}-v.txt", TextReport.Lines(ReportOf(name), new ThreadFilter { Threads = ThreadRange.ParseList(threads) }, new ReportForm { Verbose = true }).Select(PlainText.Render));

    [TestMethod]
    public void A_crowd_s_groups_are_as_reviewed() => Snapshot.Matches("scene-crowd-g.txt", Text("crowd", new ReportForm { Group = true }));

    [TestMethod]
    public void A_graph_is_as_reviewed() => Snapshot.Matches("scene-deadlock.dot", WaitDiagram.Lines(ReportOf("deadlock")));

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_scene_fits_one_screen(string name, int width)
    {
        string[] lines = Text(name, new ReportForm { Width = width });

        Assert.IsLessThanOrEqualTo(Screen, lines.Length);
        foreach (string line in lines)
            Assert.IsLessThanOrEqualTo(width, line.Length, line);
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Text_and_json_say_the_same(string name)
    {
        Report report = ReportOf(name);
        JsonNode result = JsonNode.Parse(JsonReport.SingleLine(report, report.Findings))!["result"]!;

        string first = string.Join(' ', Text(name, new ReportForm { Width = 1000 })[0]);

        Assert.StartsWith(result["state"]!.GetValue<string>().ToUpperInvariant(), first);
        Assert.EndsWith(result["text"]!.GetValue<string>(), first);
    }

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void Rows_that_share_their_cells_are_those_of_each_thread(string name)
    {
        Report report = ReportOf(name);
        var view = new ReportView(report, new ThreadFilter(), new ReportForm());

        ThreadRow[] shared = [.. view.RowsOf(view.Result.Threads)];
        ThreadRow[] own = [.. view.Result.Threads.Select(thread => ThreadRow.Of(thread, view.Result, report.Source))];

        Assert.AreSequenceEqual(own.Select(row => (row.Number.Text, row.SystemId.Text, row.Key)), shared.Select(row => (row.Number.Text, row.SystemId.Text, row.Key)));
    }

    /// <summary>Text of every form, markup, JSON, the page and the glossary itself.</summary>
    [TestMethod]
    public void Words_that_the_glossary_does_not_have_are_not_printed()
    {
        ReportForm[] forms = [new(), new() { Chains = true }, new() { Group = true }, new() { Verbose = true }];
        IEnumerable<string> printed = Scenes.All.SelectMany(scene => forms.SelectMany(form => Text(scene.Name, form)).Concat(HtmlReport.Lines(scene.Report)))
            .Concat(Glossary.Lines.Select(PlainText.Render))
            .Append(JsonReport.SingleLine(ReportOf("simple"), ReportOf("simple").Findings));

        IReadOnlyList<string> faults = GlossaryWords.Faults(printed);
        Assert.IsEmpty(faults, string.Join('\n', faults));
    }

    [TestMethod]
    public void A_word_that_the_glossary_does_not_have_is_found() => Assert.HasCount(1, GlossaryWords.Faults(["thread 0 waits on a lock", "~ may hold", "at ZwCallbackReturn"]));

    private static Report ReportOf(string name) => Scenes.All.Single(scene => scene.Name == name).Report;

    private static string[] Text(string name, ReportForm form) => [.. TextReport.Lines(ReportOf(name), new ThreadFilter(), form).Select(PlainText.Render)];
}

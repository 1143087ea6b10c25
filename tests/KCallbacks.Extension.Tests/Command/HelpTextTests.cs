using KCallbacks.Extension.Command;
using KCallbacks.Extension.DataModel;
using KCallbacks.Reports;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Options;
using KCallbacks.Reports.Tests;
using KCallbacks.Reports.Text;
using KCallbacks.Snapshots;
using KCallbacks.Wording;

namespace KCallbacks.Extension.Tests.Command;

[TestClass]
public sealed class HelpTextTests
{
    [TestMethod]
    public void Help_is_as_reviewed() => Snapshot.Matches("help.txt", HelpText.Lines.Select(PlainText.Render));

    /// <summary>The screen, the glossary, every option's own page, and the meanings that dx shows.</summary>
    [TestMethod]
    public void Help_and_data_model_use_the_words_of_the_glossary()
    {
        IEnumerable<string> printed = HelpText.Lines.Concat(HelpText.Of("words")).Concat(ThreadFilter.Options.SelectMany(option => HelpText.Of(option.Name))).Select(PlainText.Render)
            .Concat(ThreadProperties.Of(null!, null!).Select(property => property.Help))
            .Concat(CallbackProperties.Of(null!).Select(property => property.Help))
            .Concat(HangProperties.OfWait(null!).Select(property => property.Help))
            .Concat(HangProperties.OfFinding(null!).Select(property => property.Help))
            .Concat(RowProperties.All.Select(property => property.Help));

        IReadOnlyList<string> faults = GlossaryWords.Faults(printed);
        Assert.IsEmpty(faults, string.Join('\n', faults));
    }

    [TestMethod]
    public void Help_fits_the_page()
    {
        foreach (string line in HelpText.Lines.Select(PlainText.Render))
            Assert.IsLessThanOrEqualTo(100, line.Length, line);
    }

    [TestMethod]
    public void Help_is_one_screen() => Assert.IsLessThanOrEqualTo(31, HelpText.Lines.Count());

    [TestMethod]
    public void Every_option_is_on_the_screen_and_has_help_of_its_own()
    {
        string screen = string.Join('\n', HelpText.Lines.Select(PlainText.Render));

        foreach (CommandOption<CommandOptions> option in CommandOptions.All)
        {
            Assert.Contains($" {option.Name}", screen);
            Assert.Contains(option.Name, PlainText.Render(HelpText.Of(option.Name).First()));
        }
    }

    [TestMethod]
    public void Words_are_explained() =>
        Snapshot.Matches("words.txt", HelpText.Of("words").Select(PlainText.Render));

    [TestMethod]
    public void A_topic_is_a_page_of_one_screen_that_the_documentation_shows_too()
    {
        string documentation = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "help.md")).ReplaceLineEndings("\n");
        string screen = string.Join('\n', HelpText.Lines.Select(PlainText.Render));

        foreach (string topic in HelpPages.Topics)
        {
            string[] lines = [.. HelpText.Of(topic).Select(PlainText.Render)];

            Assert.IsLessThanOrEqualTo(31, lines.Length, topic);
            Assert.IsLessThanOrEqualTo(100, lines.Max(line => line.Length), topic);
            Assert.Contains($"## {topic}\n\n```\n{string.Join('\n', lines)}\n```\n", documentation);
            Assert.Contains($"\"-? {topic}\"", screen);
        }
    }

    [TestMethod]
    [DataRow("COLUMNS", "Columns of !kcallbacks")]
    [DataRow("Kernel", "!kcallbacks in kernel sessions")]
    public void A_topic_is_found_however_it_is_written(string topic, string beginning) =>
        Assert.StartsWith(beginning, PlainText.Render(HelpText.Of(topic).First()));

    [TestMethod]
    public void An_unknown_topic_names_those_that_there_are() =>
        Assert.Contains("topics: columns, waits, dx, kernel, words", Assert.ThrowsExactly<CommandSyntaxException>(() => HelpText.Of("colums").ToList()).Message);

    [TestMethod]
    public void The_example_is_what_such_a_process_prints()
    {
        string[] printed = [.. TextReport.Lines(SampleReports.Example, new ThreadFilter(), new ReportForm()).Select(PlainText.Render).Skip(2).Take(2)];
        string help = string.Join('\n', HelpText.Lines.Select(PlainText.Render));

        foreach (string row in printed)
            Assert.Contains(row, help);
    }
}

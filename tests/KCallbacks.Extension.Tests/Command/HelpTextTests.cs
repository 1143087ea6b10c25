using KCallbacks.Extension.Command;
using KCallbacks.Reports;
using KCallbacks.Reports.Filter;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Tests;
using KCallbacks.Reports.Text;
using KCallbacks.Snapshots;

namespace KCallbacks.Extension.Tests.Command;

[TestClass]
public sealed class HelpTextTests
{
    [TestMethod]
    public void Help_is_as_reviewed() => Snapshot.Matches("help.txt", HelpText.Lines.Select(PlainText.Render));

    [TestMethod]
    public void Help_fits_the_page()
    {
        foreach (string line in HelpText.Lines.Select(PlainText.Render))
            Assert.IsLessThanOrEqualTo(100, line.Length, line);
    }

    [TestMethod]
    public void The_first_line_says_what_a_callback_is() =>
        Assert.Contains("kernel-to-user callback", PlainText.Render(HelpText.Lines.First()));

    [TestMethod]
    public void The_example_is_what_such_a_process_prints()
    {
        string printed = string.Join('\n', TextReport.Lines(SampleReports.Example, new ThreadFilter(), new ReportForm()).Select(PlainText.Render));

        Assert.Contains(printed, string.Join('\n', HelpText.Lines.Select(PlainText.Render)));
    }
}

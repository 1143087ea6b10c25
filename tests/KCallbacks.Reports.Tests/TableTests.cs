using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Table;

namespace KCallbacks.Reports.Tests;

/// <summary>Which columns a table keeps on a page that is too narrow for all.</summary>
[TestClass]
public sealed class TableTests
{
    private const string Long = "User32CallWindowProcedure";

    [TestMethod]
    public void A_column_that_yields_is_left_out_rather_than_have_most_names_of_another_cut() =>
        Assert.AreEqual("Name", TitlesOf([Long, Long, "short"], yields: true));

    [TestMethod]
    public void For_one_name_of_many_it_stays() =>
        Assert.AreEqual("Name Module", TitlesOf([Long, "short", "short"], yields: true));

    [TestMethod]
    public void A_column_that_does_not_yield_stays_as_long_as_all_fit_cut() =>
        Assert.AreEqual("Name Module", TitlesOf([Long, Long, "short"], yields: false));

    /// <summary>The titles of a table of names, of which 20 characters fit beside the column of modules.</summary>
    private static string TitlesOf(string[] names, bool yields)
    {
        Table<string> table = Table<string>.Fit(
            names,
            [new("Name", name => new Run(name), Priority: 2, MinWidth: 8), new("Module", _ => new Run("module"), Priority: 1, Yields: yields)],
            pageWidth: 28);
        return string.Join(' ', string.Concat(table.Header.Runs.Select(run => run.Text)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}

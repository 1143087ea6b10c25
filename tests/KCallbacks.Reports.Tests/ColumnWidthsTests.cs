using KCallbacks.Reports.Table;

namespace KCallbacks.Reports.Tests;

/// <summary>How the width of a page is shared out among columns.</summary>
[TestClass]
public sealed class ColumnWidthsTests
{
    [TestMethod]
    public void Every_column_has_what_it_needs_as_long_as_all_fit() =>
        AssertShared([30, 5, 10], [[30, 2], [5], [10]], narrowest: [8, 5, 8], available: 45);

    [TestMethod]
    public void The_one_long_name_is_cut_and_no_more_than_needed() =>
        AssertShared([20, 21, 42], [[20, 20], [21, 18], [21, 60]], narrowest: [16, 16, 16], available: 83);

    [TestMethod]
    public void Of_columns_equally_wide_that_is_cut_in_which_fewer_names_lose() =>
        AssertShared([25, 21], [[25, 25, 25], [25, 21, 21]], narrowest: [16, 16], available: 46);

    [TestMethod]
    public void A_column_is_not_cut_below_its_narrowest_width()
    {
        AssertShared([20, 16], [[20], [40, 40, 40]], narrowest: [20, 16], available: 36);
        Assert.IsNull(Share([[20], [40]], narrowest: [20, 16], available: 35));
    }

    [TestMethod]
    public void No_other_sharing_cuts_fewer_names()
    {
        var random = new Random(5);
        for (int run = 0; run < 500; run++)
        {
            int[][] cells = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 5).Select(_ => random.Next(1, 12)).ToArray())];
            int[] narrowest = [.. cells.Select(column => Math.Min(column.Max(), random.Next(1, 6)))];
            int available = random.Next(narrowest.Sum(), cells.Sum(column => column.Max()) + 1);

            int[] widths = Share(cells, narrowest, available)!;

            Assert.IsLessThanOrEqualTo(available, widths.Sum());
            Assert.IsTrue(widths.Zip(narrowest).All(pair => pair.First >= pair.Second));
            Assert.AreEqual(FewestCut(cells, narrowest, available), Cut(cells, widths));
        }
    }

    private static void AssertShared(int[] expected, int[][] cells, int[] narrowest, int available) =>
        CollectionAssert.AreEqual(expected, Share(cells, narrowest, available));

    private static int[]? Share(int[][] cells, int[] narrowest, int available) =>
        ColumnWidths.Share(cells, narrowest, [.. cells.Select(column => column.Max())], available);

    /// <summary>By trying all widths.</summary>
    private static int FewestCut(int[][] cells, int[] narrowest, int available)
    {
        int fewest = int.MaxValue;
        for (int first = narrowest[0]; first <= available; first++)
        {
            for (int second = narrowest[1]; first + second + narrowest[2] <= available; second++)
                fewest = Math.Min(fewest, Cut(cells, [first, second, available - first - second]));
        }

        return fewest;
    }

    private static int Cut(int[][] cells, int[] widths) => cells.Zip(widths).Sum(column => column.First.Count(length => length > column.Second));
}

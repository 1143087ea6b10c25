using System.Text;
using KCallbacks.Triage.Rows;
using KCallbacks.Triage.Store;

namespace KCallbacks.Triage.Tests.Store;

[TestClass]
public sealed class StoreMergeTests
{
    [TestMethod]
    public void Stores_joined_in_any_order_are_the_same_bytes()
    {
        using var first = new SampleStore();
        using var second = new SampleStore();
        using var third = new SampleStore();
        first.Add(Enumerable.Range(0, 300).Select(number => SampleStore.Row(number)));
        second.Add(Enumerable.Range(200, 300).Select(number => SampleStore.Row(number) with { Milliseconds = 5 }), "1/2");
        second.Add(Enumerable.Range(500, 20).Select(number => SampleStore.Row(number)), "2/2");
        third.Add(Enumerable.Range(100, 50).Select(number => SampleStore.Row(number, TriageOutcome.Timeout)));
        StoreFolder[] stores = [first.Folder, second.Folder, third.Folder];
        using var all = new SampleStore();

        Assert.AreEqual((520L, 150L), StoreMerge.Join(stores, all.Folder));

        byte[] joined = File.ReadAllBytes(all.FileOf("1/1"));
        Assert.HasCount(520, all.Lines);
        foreach (StoreFolder[] order in (StoreFolder[][])[[stores[2], stores[1], stores[0]], [stores[1], stores[2], stores[0], stores[1]]])
        {
            using var other = new SampleStore();
            StoreMerge.Join(order, other.Folder);
            CollectionAssert.AreEqual(joined, File.ReadAllBytes(other.FileOf("1/1")));
        }

        Assert.HasCount(300, first.Lines);
    }

    [TestMethod]
    public void Of_two_rows_of_an_input_the_one_that_says_something_counts_then_the_later_one()
    {
        using var early = new SampleStore();
        using var late = new SampleStore();
        early.Add([SampleStore.Row(1), SampleStore.Row(2), SampleStore.Row(3, TriageOutcome.Crashed)]);
        late.Add([Later(SampleStore.Row(1, TriageOutcome.Memory)), Later(SampleStore.Row(2)), Later(SampleStore.Row(3, TriageOutcome.Timeout))]);
        using var all = new SampleStore();

        StoreMerge.Join([late.Folder, early.Folder], all.Folder);

        CollectionAssert.AreEquivalent(
            new[] { SampleStore.Row(1), Later(SampleStore.Row(2)), Later(SampleStore.Row(3, TriageOutcome.Timeout)) }.Select(row => RowText.Write(row)).ToArray(),
            all.Lines);
    }

    [TestMethod]
    public void A_target_keeps_its_rows_and_has_one_file_then()
    {
        using var target = new SampleStore();
        using var other = new SampleStore();
        target.Add([SampleStore.Row(1)], "1/2");
        target.Add([SampleStore.Row(2)], "2/2");
        other.Add([SampleStore.Row(3)]);

        StoreMerge.Join([other.Folder, target.Folder], target.Folder);

        Assert.HasCount(1, target.Folder.RowFiles);
        Assert.HasCount(3, target.Lines);
        Assert.AreEqual(0, target.Add([SampleStore.Row(1), SampleStore.Row(2), SampleStore.Row(3)], "1/2"));
    }

    [TestMethod]
    public void A_store_that_a_run_writes_to_is_no_target()
    {
        using var target = new SampleStore();
        using RowFile running = target.OpenFile("3/4");
        running.Append(Encoding.ASCII.GetBytes(RowText.Write(SampleStore.Row(1))));

        Assert.ThrowsExactly<StoreException>(() => StoreMerge.Join([target.Folder], target.Folder));

        Assert.HasCount(1, target.Lines);
    }

    [TestMethod]
    public void Nothing_but_the_store_is_left_when_stores_are_joined()
    {
        using var target = new SampleStore();
        using var other = new SampleStore();
        other.Add([SampleStore.Row(3)]);

        StoreMerge.Join([other.Folder], target.Folder);

        CollectionAssert.AreEquivalent(
            (string[])["store.json", "rows-1-of-1.jsonl", "rows-1-of-1.lock"], Directory.GetFileSystemEntries(target.Path).Select(Path.GetFileName).ToArray());
    }

    private static TriageRow Later(TriageRow row) => row with { Analyzed = row.Analyzed.AddDays(1) };
}

using System.Text;
using KCallbacks.Triage.Rows;
using KCallbacks.Triage.Store;

namespace KCallbacks.Triage.Tests.Store;

[TestClass]
public sealed class RowFileTests
{
    [TestMethod]
    public void What_has_a_row_is_not_taken_again()
    {
        using var store = new SampleStore();

        Assert.AreEqual(3, store.Add([SampleStore.Row(1), SampleStore.Row(2), SampleStore.Row(3), SampleStore.Row(2)]));
        Assert.AreEqual(1, store.Add([SampleStore.Row(3), SampleStore.Row(4)]));

        Assert.HasCount(4, store.Lines.Distinct());
    }

    [TestMethod]
    public void Wherever_a_run_was_killed_the_next_one_goes_on()
    {
        using var whole = new SampleStore();
        TriageRow[] rows = [.. Enumerable.Range(0, 5).Select(number => SampleStore.Row(number))];
        whole.Add(rows);
        byte[] content = File.ReadAllBytes(whole.FileOf("1/1"));
        for (int length = 0; length < content.Length; length += 97)
        {
            using var cut = new SampleStore();
            File.WriteAllBytes(cut.FileOf("1/1"), content[..length]);

            cut.Add(rows);

            CollectionAssert.AreEqual(content, File.ReadAllBytes(cut.FileOf("1/1")), $"cut after {length} bytes");
        }
    }

    [TestMethod]
    public void What_a_crashed_disk_left_between_rows_is_dropped_and_done_again()
    {
        using var store = new SampleStore();
        store.Add([SampleStore.Row(1), SampleStore.Row(2)]);
        string[] lines = File.ReadAllLines(store.FileOf("1/1"));
        File.WriteAllText(store.FileOf("1/1"), $"{lines[0]}\n{new string('\0', 300)}\n\n{lines[1][..50]}\n");

        Assert.AreEqual(1, store.Add([SampleStore.Row(1), SampleStore.Row(2)]));

        CollectionAssert.AreEqual(lines, File.ReadAllLines(store.FileOf("1/1")));
    }

    [TestMethod]
    public void Two_runs_do_not_write_one_file()
    {
        using var store = new SampleStore();
        using RowFile first = store.OpenFile("1/2");

        StoreException refusal = Assert.ThrowsExactly<StoreException>(() => store.OpenFile("1/2").Dispose());
        StringAssert.Contains(refusal.Message, "another run");
        Assert.AreEqual(1, store.Add([SampleStore.Row(1)], "2/2"));
    }

    [TestMethod]
    public void A_store_is_read_while_a_run_goes_on()
    {
        using var store = new SampleStore();
        using RowFile file = store.OpenFile();
        file.Append(Encoding.ASCII.GetBytes(RowText.Write(SampleStore.Row(1))));

        Assert.HasCount(1, store.Lines);
    }

    [TestMethod]
    public void Failures_are_done_again_only_when_asked_for_and_have_one_row_then()
    {
        using var store = new SampleStore();
        TriageOutcome[] outcomes = Enum.GetValues<TriageOutcome>();
        TriageRow[] rows = [.. outcomes.Select((outcome, number) => SampleStore.Row(number, outcome))];
        store.Add(rows);

        Assert.AreEqual(0, store.Add(rows));
        Assert.AreEqual(4, store.Add(rows.Select(row => row with { Outcome = TriageOutcome.Ok }), retriesFailed: true));

        Assert.HasCount(rows.Length, store.Lines);
        Assert.AreEqual(5, store.Folder.Rows().Count(row => row.Outcome == TriageOutcome.Ok));
        Assert.IsTrue(store.Folder.Rows().Any(row => row.Outcome == TriageOutcome.Unsupported));
    }

    [TestMethod]
    public void A_retry_that_was_killed_leaves_one_row_after_the_next_run()
    {
        using var store = new SampleStore();
        store.Add([SampleStore.Row(1, TriageOutcome.Timeout), SampleStore.Row(2)]);
        File.AppendAllText(store.FileOf("1/1"), RowText.Write(SampleStore.Row(1)) + "\n");

        Assert.AreEqual(0, store.Add([SampleStore.Row(1), SampleStore.Row(2)], retriesFailed: true));

        CollectionAssert.AreEquivalent(new[] { SampleStore.Row(1), SampleStore.Row(2) }.Select(row => RowText.Write(row)).ToArray(), store.Lines);
    }

    [TestMethod]
    public void A_failure_that_nothing_replaces_stays()
    {
        using var store = new SampleStore();
        store.Add([SampleStore.Row(1, TriageOutcome.Timeout)]);

        store.Add([], retriesFailed: true);

        Assert.HasCount(1, store.Lines);
    }

    [TestMethod]
    public void Runs_with_another_number_of_shards_are_remembered()
    {
        using var store = new SampleStore();
        store.Add([SampleStore.Row(1)], "2/3");

        Assert.AreEqual(0, store.Add([SampleStore.Row(1)], "1/1"));
    }

    [TestMethod]
    public void A_line_may_be_longer_than_any_buffer()
    {
        using var store = new SampleStore();
        using (RowFile file = store.OpenFile())
        {
            for (int i = 0; i < 5; i++)
                file.Append(Encoding.ASCII.GetBytes(RowText.Write(SampleStore.Row(i), $"\"{new string('x', i * 70_000)}\"")));
        }

        File.AppendAllText(store.FileOf("1/1"), new string('y', 200_000));
        Assert.AreEqual(1, store.Add(Enumerable.Range(0, 6).Select(number => SampleStore.Row(number))));
        Assert.HasCount(6, store.Lines);
    }
}

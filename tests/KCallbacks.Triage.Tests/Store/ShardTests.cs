using KCallbacks.Triage.Store;

namespace KCallbacks.Triage.Tests.Store;

[TestClass]
public sealed class ShardTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(7)]
    [DataRow(100)]
    public void Every_input_is_in_one_shard(int count)
    {
        Shard[] shards = [.. Enumerable.Range(1, count).Select(number => new Shard(number, count))];
        int[] sizes = new int[count];
        for (int i = 0; i < 500; i++)
        {
            int[] holders = [.. shards.Where(shard => shard.Holds($"folder {i % 17}/{i}.dmp")).Select(shard => shard.Number - 1)];
            Assert.HasCount(1, holders);
            sizes[holders[0]]++;
        }

        Assert.IsLessThan((3 * 500 / count) + 20, sizes.Max());
    }

    [TestMethod]
    public void A_shard_is_the_same_on_every_machine()
    {
        // sha256("a/b.dmp") begins with 45038a4eed20fccd.
        Assert.IsTrue(new Shard((int)(0x45038a4eed20fccd % 1000) + 1, 1000).Holds("a/b.dmp"));
    }

    [TestMethod]
    [DataRow("3/10", 3, 10)]
    [DataRow("1/1", 1, 1)]
    [DataRow("100000/100000", 100_000, 100_000)]
    public void A_shard_is_read(string text, int number, int count)
    {
        Assert.IsTrue(Shard.TryParse(text, out Shard shard));
        Assert.AreEqual(new Shard(number, count), shard);
        Assert.AreEqual(text, shard.ToString());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("0/10")]
    [DataRow("11/10")]
    [DataRow("-1/10")]
    [DataRow("1/0")]
    [DataRow("1/10/2")]
    [DataRow("1")]
    [DataRow("a/b")]
    [DataRow("1/100001")]
    public void What_is_no_shard_is_refused(string text) => Assert.IsFalse(Shard.TryParse(text, out _));
}

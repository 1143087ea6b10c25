using System.Globalization;
using KCallbacks.Detection.Waits;
using KCallbacks.PrintedStacks.Tests.Corpus;

namespace KCallbacks.PrintedStacks.Tests.Owners;

/// <summary>Logs from which lines are missing, as people cut them, or in which anything else is changed, never name a wrong owner for certain.</summary>
[TestClass]
public sealed class DamagedLogTests
{
    private const int Rounds = 300;

    /// <summary>Where nothing but two lines tells that a listing is wrong, it passes for right without them.</summary>
    private const string ToldByTwoLines = "808-critsec-in-the-wrong-bitness";

    public static IEnumerable<object[]> Texts => WaitLabel.ReadAll().Where(label => label.Recording != ToldByTwoLines).Select(label => new object[] { label.Recording, label.TextPath });

    [TestMethod]
    [DynamicData(nameof(Texts))]
    public void Lines_that_are_missing_make_no_other_owner_certain(string name, string path)
    {
        string[] lines = File.ReadAllLines(path);
        HashSet<string> allowed = [.. Certain(string.Join('\n', lines))];
        var random = new Random(name.Length);
        for (int round = 0; round < Rounds; round++)
        {
            int removed = random.Next(1, 6);
            List<string> left = [.. lines];
            for (int i = 0; i < removed; i++)
                left.RemoveRange(random.Next(left.Count), 1);

            string[] wrong = [.. Certain(string.Join('\n', left)).Except(allowed)];

            Assert.IsEmpty(wrong, $"round {round}: {string.Join(", ", wrong)}\n{string.Join('\n', lines.Except(left))}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Texts))]
    public void Anything_may_be_damaged(string name, string path)
    {
        string text = File.ReadAllText(path);
        var random = new Random(name.Length);
        for (int round = 0; round < Rounds; round++)
        {
            char[] damaged = text.ToCharArray();
            for (int i = 0; i < 20; i++)
                damaged[random.Next(damaged.Length)] = "0f \n:[]=->x!"[random.Next(12)];

            _ = OwnerLog.Graph(new string(damaged));
        }
    }

    /// <summary>Who waits for whom for certain, by the ids that the text prints.</summary>
    private static IEnumerable<string> Certain(string text)
    {
        WaitGraph graph = OwnerLog.Graph(text);
        return
            from thread in graph.Threads
            where thread.Thread.Printed is not null // whose stack it is the text may not say any more
            from wait in thread.Waits
            where wait.Proof == WaitProof.Certain
            from owner in wait.Owners
            select string.Create(CultureInfo.InvariantCulture, $"{thread.Thread.Printed} waits for {wait.Kind} of {graph.Of(owner.Position!.Value)!.Thread.Printed}");
    }
}

using KCallbacks.Detection.Waits;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Waits;

namespace KCallbacks.Dumps.Tests;

/// <summary>Who waits for whom in generated dumps.</summary>
[TestClass]
public sealed class WaitTests
{
    public static IEnumerable<object[]> Plans => WaitCases.All.Append(WaitCases.Crowd).Select(plan => new object[] { plan.Name });

    [TestMethod]
    [DynamicData(nameof(Plans))]
    public void Each_thread_waits_as_it_was_generated(string name)
    {
        using Minidump dump = Open(name, out DumpPlan plan);

        WaitGraph graph = dump.FindWaits();

        Dictionary<int, ExpectedWait> expected = plan.ExpectedWaits.ToDictionary(wait => wait.Thread);
        foreach (ThreadWaits thread in graph.Threads)
        {
            int position = thread.Thread.Position;
            string which = $"thread {position}, {plan.Threads[position].Description}: {string.Join("; ", thread.Waits)}";
            if (!expected.TryGetValue(position, out ExpectedWait? wait))
            {
                Assert.IsEmpty(thread.Waits, which);
                continue;
            }

            Assert.HasCount(1, thread.Waits, which);
            Assert.AreEqual(wait.Kind, thread.Waits[0].Kind, which);
            Assert.AreEqual(wait.Owner, thread.Waits[0].Owners is [{ SystemId: var owner }] ? owner : null, which);
            Assert.AreEqual(wait.Proof, thread.Waits[0].Proof, which);
            Assert.AreEqual(wait.Owner is null, thread.Waits[0].NoOwner is not null, which);
        }
    }

    private static Minidump Open(string name, out DumpPlan plan)
    {
        plan = WaitCases.All.Append(WaitCases.Crowd).First(plan => plan.Name == name);
        return Minidump.Open(FixtureFolder.OfRepository.Generate(plan).Path);
    }
}

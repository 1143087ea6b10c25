using System.Globalization;
using KCallbacks.Detection.Waits;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Minidumps;
using KCallbacks.Fixtures.Waits;
using KCallbacks.Fixtures.Windows;

namespace KCallbacks.Dumps.Tests;

/// <summary>A random graph of waits that is built into a dump is read out of it again.</summary>
[TestClass]
public sealed class RandomWaitTests
{
    private const uint Message = 0x465;
    private const uint FirstHandle = 0x100;

    [TestMethod]
    [DataRow(14393)]
    [DataRow(19041)]
    [DataRow(26100)]
    public void It_is_recovered(int build)
    {
        WindowsLayout windows = new[] { WindowsLayout.Windows1607, WindowsLayout.Windows10, WindowsLayout.Windows11 }.Single(layout => layout.Build == build);
        var random = new Random(build);
        for (int round = 0; round < 12; round++)
        {
            int?[] owners = Owners(random, count: random.Next(2, 40));
            DumpPlan plan = Scene(windows, owners, random).ToPlan(string.Create(CultureInfo.InvariantCulture, $"waits-random-{build}"));
            using var dump = Minidump.Open(FixtureFolder.OfRepository.Generate(plan).Path);

            WaitGraph graph = dump.FindWaits();

            CollectionAssert.AreEqual(owners, graph.Threads.Select(OwnerOf).ToArray(), $"round {round}");
            Assert.IsTrue(graph.Threads.SelectMany(thread => thread.Waits).All(wait => wait.Owners.IsEmpty || wait.Proof == WaitProof.Certain), $"round {round}");
            CollectionAssert.AreEquivalent(OnCircles(owners), graph.Deadlocks.SelectMany(deadlock => deadlock.Cycle).Select(edge => edge.From).ToArray(), $"round {round}");
            CollectionAssert.AreEquivalent(HeadsOf(owners), graph.Heads.Select(head => head.Thread.Position!.Value).ToArray(), $"round {round}");
        }
    }

    private static int? OwnerOf(ThreadWaits thread) => thread.Waits is [{ Owners: [{ Position: { } owner }] }] ? owner : null;

    private static int?[] Owners(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(thread => random.Next(4) == 0 ? (int?)null : (thread + random.Next(1, count)) % count)];

    private static WaitScene Scene(WindowsLayout windows, int?[] owners, Random random)
    {
        var scene = new WaitScene(windows);
        for (int thread = 0; thread < owners.Length; thread++)
            Add(scene, thread, owners[thread], random);
        return scene;
    }

    private static void Add(WaitScene scene, int thread, int? owner, Random random)
    {
        if (owner is not { } other)
        {
            _ = random.Next(2) == 0 ? scene.Sleeps("waits for nobody") : scene.Computes("waits for nobody");
            return;
        }

        uint id = scene.IdOf(other);
        uint handle = FirstHandle + ((uint)thread * 4);
        _ = random.Next(4) switch
        {
            0 => scene.EntersSection("section", id),
            1 => scene.WaitsFor("mutex", WaitKind.Mutex, DumpedHandle.Mutex(handle, null, scene.ProcessId, id), id, WaitProof.Certain),
            2 => scene.WaitsFor("end of a thread", WaitKind.Thread, DumpedHandle.Thread(handle, scene.ProcessId, id), id, WaitProof.Certain),
            _ => scene.Sends("message", scene.Window((uint)thread + 1, other), Message, other),
        };
    }

    private static int[] OnCircles(int?[] owners) => [.. Enumerable.Range(0, owners.Length).Where(thread => ChainFrom(owners, thread).Skip(1).Contains(thread))];

    /// <summary>Threads that others wait for and that wait for nobody.</summary>
    private static int[] HeadsOf(int?[] owners) => [.. Enumerable.Range(0, owners.Length).Where(thread => owners[thread] is null && owners.Contains(thread))];

    private static IEnumerable<int> ChainFrom(int?[] owners, int thread)
    {
        int? at = thread;
        for (int step = 0; step <= owners.Length && at is { } node; step++)
        {
            yield return node;
            at = owners[node];
        }
    }
}

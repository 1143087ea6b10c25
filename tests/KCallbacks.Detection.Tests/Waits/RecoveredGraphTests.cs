using System.Collections.Immutable;
using KCallbacks.Detection.Tests.Memory;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Detection.Tests.Waits;

/// <summary>Random graphs of waits, built into the memory of a process, are found again.</summary>
[TestClass]
public sealed class RecoveredGraphTests
{
    private const ulong Sections = WindowsX64.App + 0x1_0000;
    private const ulong SectionSize = 0x28;

    private static readonly string[] Entering = ["RtlpWaitOnCriticalSection", "RtlpEnterCriticalSectionContended", "RtlEnterCriticalSection"];

    [TestMethod]
    [DataRow(7601)]
    [DataRow(9600)]
    [DataRow(19041)]
    [DataRow(26100)]
    public void Each_thread_waits_for_whom_it_was_made_to(int build)
    {
        var random = new Random(build);
        for (int round = 0; round < 50; round++)
        {
            int count = random.Next(2, 12);
            int?[] owners = [.. Enumerable.Range(0, count).Select(i => random.Next(4) == 0 ? (int?)null : (i + random.Next(1, count)) % count)];

            ImmutableArray<ThreadWaits> waits = Scene(build, owners, random).Find();

            int?[] found = [.. waits.Select(thread => thread.Waits is [{ Owners: [{ Position: { } owner }] }] ? owner : (int?)null)];
            CollectionAssert.AreEqual(owners, found, $"round {round}");
            Assert.IsTrue(waits.SelectMany(thread => thread.Waits).All(wait => wait.Proof == WaitProof.Certain), $"round {round}");
            AssertCircles(owners, WaitGraph.Of(waits));
        }
    }

    [TestMethod]
    public void Two_thousand_threads_stand_behind_the_owner_of_one_lock()
    {
        var scene = new WaitScene(19041);
        scene.Runs();
        for (int i = 1; i < 2000; i++)
            scene.Stands("NtWaitForAlertByThreadId", [Sections + 8, 0], functions: Entering);
        scene.WithSection(Sections, WaitScene.FirstThread, lockCount: -2 - (1999 << 2));

        WaitHead head = WaitGraph.Of(scene.Find()).Heads.Single();

        Assert.AreEqual(0, head.Thread.Position);
        Assert.HasCount(1999, head.Behind);
        Assert.AreEqual(WaitProof.Certain, head.Proof);
    }

    private static WaitScene Scene(int build, int?[] owners, Random random)
    {
        var scene = new WaitScene(build);
        for (int i = 0; i < owners.Length; i++)
        {
            if (owners[i] is not { } owner)
            {
                scene.Runs();
                continue;
            }

            AddWaiter(scene, build, SectionAt(i), i, random);
            scene.WithSection(SectionAt(i), WaitScene.FirstThread + ((uint)owner * 4), debugInfo: build == 7601 ? DebugAt(i) : ulong.MaxValue, semaphore: build == 7601 ? HandleOf(i) : 0)
                .WithMemory(DebugAt(i), [.. new byte[8], .. BitConverter.GetBytes(SectionAt(i)), .. new byte[0x20]]);
        }

        return scene;
    }

    private static void AddWaiter(WaitScene scene, int build, ulong section, int index, Random random)
    {
        // What is left over in the frames of others must not be taken for it.
        (int, ulong)[] words = [(0x80 + (random.Next(8) * 8), section), (0x500, SectionAt(random.Next(12)))];
        switch (build)
        {
            case 7601:
                scene.Stands("NtWaitForSingleObject", [HandleOf(index), 0, 0], number: 1, functions: Entering, words: words);
                break;
            case 9600:
                scene.Stands("NtWaitForKeyedEvent", [0x44, section, 0, 0], functions: Entering, words: words);
                break;
            default:
                scene.Stands("NtWaitForAlertByThreadId", [build == 26100 ? section : section + 8, 0], functions: Entering, words: words);
                break;
        }
    }

    private static void AssertCircles(int?[] owners, WaitGraph graph)
    {
        int[] inCircles = [.. Enumerable.Range(0, owners.Length).Where(start => IsInCircle(owners, start))];
        CollectionAssert.AreEquivalent(inCircles, graph.Deadlocks.SelectMany(deadlock => deadlock.Cycle.Select(edge => edge.From)).ToArray());
    }

    private static bool IsInCircle(int?[] owners, int start)
    {
        int? at = owners[start];
        for (int step = 0; step < owners.Length && at is { } thread; step++)
        {
            if (thread == start)
                return true;
            at = owners[thread];
        }

        return false;
    }

    private static ulong SectionAt(int index) => Sections + ((ulong)index * SectionSize);

    private static ulong DebugAt(int index) => 0x5000_0000 + ((ulong)index * 0x40);

    private static ulong HandleOf(int index) => 0x100 + ((ulong)index * 4);
}

using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Detection.Tests.Waits;

/// <summary>What follows from who waits for whom.</summary>
[TestClass]
public sealed class WaitGraphTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(10)]
    public void Threads_in_a_circle_are_a_deadlock(int length)
    {
        WaitGraph graph = WaitGraph.Of([.. Enumerable.Range(0, length).Select(i => For(i, (i + 1) % length)), For(length, 0), For(length + 1, length), Free(length + 2)]);

        Deadlock deadlock = graph.Deadlocks.Single();
        CollectionAssert.AreEqual(Enumerable.Range(0, length).ToArray(), deadlock.Cycle.Select(edge => edge.From).ToArray());
        CollectionAssert.AreEqual(These(length, length + 1), deadlock.Behind.ToArray());
        Assert.AreEqual(WaitProof.Certain, deadlock.Proof);
        Assert.IsNull(deadlock.EndsAfter);
        Assert.IsEmpty(graph.Heads);
    }

    [TestMethod]
    public void A_thread_that_others_wait_for_is_a_head()
    {
        WaitGraph graph = WaitGraph.Of([Free(0), For(1, 0), For(2, 1), For(3, 1), Free(4), For(5, 4)]);

        Assert.IsEmpty(graph.Deadlocks);
        Assert.AreEqual(0, graph.Heads[0].Thread.Position);
        CollectionAssert.AreEqual(These(1, 2, 3), graph.Heads[0].Behind.ToArray());
        Assert.AreEqual(4, graph.Heads[1].Thread.Position);
    }

    [TestMethod]
    public void Two_thousand_threads_on_one_lock_have_one_head()
    {
        WaitGraph graph = WaitGraph.Of([Free(0), .. Enumerable.Range(1, 1999).Select(i => For(i, 0))]);

        Assert.HasCount(1999, graph.Heads.Single().Behind);
    }

    [TestMethod]
    public void A_head_may_be_a_thread_of_another_process()
    {
        var stranger = new WaitOwner(0x1234, null, 0x99);
        WaitGraph graph = WaitGraph.Of([Waiting(0, Owned(stranger) with { Proof = WaitProof.Likely }), Waiting(1, Owned(stranger) with { Proof = WaitProof.Likely })]);

        Assert.AreEqual(stranger, graph.Heads.Single().Thread);
        Assert.AreEqual(WaitProof.Likely, graph.Heads.Single().Proof);
        Assert.HasCount(2, graph.Heads.Single().Behind);
    }

    [TestMethod]
    public void The_weakest_link_tells_how_sure_it_is()
    {
        WaitGraph circle = WaitGraph.Of([For(0, 1), Waiting(1, Owned(Thread(0)) with { Proof = WaitProof.Likely })]);
        WaitGraph nothing = WaitGraph.Of([For(0, 1), Waiting(1, Owned(Thread(0)) with { Proof = WaitProof.Unknown })]);

        Assert.AreEqual(WaitProof.Likely, circle.Deadlocks.Single().Proof);
        Assert.IsEmpty(nothing.Deadlocks);
        Assert.AreEqual(1, nothing.Heads.Single().Thread.Position);
    }

    [TestMethod]
    public void A_likely_way_into_a_certain_circle_makes_no_second_one()
    {
        WaitGraph graph = WaitGraph.Of([For(0, 1), For(1, 0), Waiting(2, Owned(Thread(1)) with { Proof = WaitProof.Likely })]);

        Assert.AreEqual(WaitProof.Certain, graph.Deadlocks.Single().Proof);
        CollectionAssert.AreEqual(These(2), graph.Deadlocks.Single().Behind.ToArray());
    }

    [TestMethod]
    public void Time_breaks_a_circle()
    {
        WaitGraph graph = WaitGraph.Of(
        [
            For(0, 1) with { Timeout = TimeSpan.FromSeconds(30) }, For(1, 2) with { Timeout = Timeout.InfiniteTimeSpan }, For(2, 0) with { Timeout = TimeSpan.FromSeconds(5) },
        ]);

        Assert.AreEqual(TimeSpan.FromSeconds(5), graph.Deadlocks.Single().EndsAfter);
    }

    [TestMethod]
    public void A_receiver_that_pumps_messages_answers()
    {
        Wait sent = Owned(Thread(1)) with { Kind = WaitKind.WindowMessage };
        ThreadWaits pumping = For(1, 0) with { Pumps = true };

        Assert.IsEmpty(WaitGraph.Of([Waiting(0, sent), pumping]).Deadlocks);
        Assert.HasCount(1, WaitGraph.Of([Waiting(0, sent), For(1, 0)]).Deadlocks, "one that does not pump does not");
        Assert.AreEqual(
            WaitProof.Likely, WaitGraph.Of([Waiting(0, sent with { IsBeingHandled = true }), pumping]).Deadlocks.Single().Proof, "nor one that is handling the message, or one like it");
        Assert.HasCount(1, WaitGraph.Of([For(0, 1), pumping]).Deadlocks, "a lock is not let go by pumping");
    }

    [TestMethod]
    public void One_of_several_objects_is_enough_where_it_is()
    {
        ThreadWaits any = Waiting(0, Owned(Thread(1)), Owned(Thread(2))) with { Mode = WaitMode.Any };

        Assert.IsEmpty(WaitGraph.Of([any, For(1, 0), Free(2)]).Deadlocks, "2 may let go");
        Assert.HasCount(1, WaitGraph.Of([any with { Mode = WaitMode.All }, For(1, 0), Free(2)]).Deadlocks);
        Assert.HasCount(1, WaitGraph.Of([any, For(1, 0), For(2, 0)]).Deadlocks, "no way on");
    }

    [TestMethod]
    public void Where_nobody_knows_who_holds_the_other_object_a_circle_is_likely()
    {
        ThreadWaits any = Waiting(0, Owned(Thread(1)), new Wait { Kind = WaitKind.Event }) with { Mode = WaitMode.Any };

        Assert.AreEqual(WaitProof.Likely, WaitGraph.Of([any, For(1, 0)]).Deadlocks.Single().Proof);
        Assert.AreEqual(WaitProof.Likely, WaitGraph.Of([any with { Mode = WaitMode.NotKnown }, For(1, 0)]).Deadlocks.Single().Proof);
        Assert.AreEqual(WaitProof.Certain, WaitGraph.Of([any with { Mode = WaitMode.All }, For(1, 0)]).Deadlocks.Single().Proof);
    }

    [TestMethod]
    public void Certain_circles_come_first_then_those_that_hold_up_most()
    {
        WaitGraph graph = WaitGraph.Of(
        [
            Waiting(0, Owned(Thread(1)) with { Proof = WaitProof.Likely }), For(1, 0), For(8, 0), For(9, 0),
            For(2, 3), For(3, 2),
            For(4, 5), For(5, 4), For(6, 5),
        ]);

        CollectionAssert.AreEqual(These(4, 2, 0), graph.Deadlocks.Select(deadlock => deadlock.Cycle[0].From).ToArray());
    }

    [TestMethod]
    public void What_a_thread_waits_for_is_found_by_its_position()
    {
        WaitGraph graph = WaitGraph.Of([For(7, 9), Free(9)]);

        Assert.AreEqual(9, graph.Of(7)!.Waits[0].Owners[0].Position);
        Assert.IsNull(graph.Of(8));
        Assert.IsEmpty(WaitGraph.Of([]).Heads);
    }

    /// <summary>Graphs in which each thread waits for one, two of two, or one of two others, held against an exhaustive search.</summary>
    [TestMethod]
    public void Random_graphs_are_recovered()
    {
        var random = new Random(4711);
        for (int round = 0; round < 10_000; round++)
        {
            int count = random.Next(1, 9);
            ImmutableArray<ThreadWaits> threads = [.. Enumerable.Range(0, count).Select(i => RandomThread(i, count, random))];

            WaitGraph graph = WaitGraph.Of(threads);

            bool[] stuck = Stuck(threads);
            int[] named = [.. graph.Deadlocks.SelectMany(deadlock => deadlock.Cycle.Select(edge => edge.From).Concat(deadlock.Behind))];
            CollectionAssert.AreEquivalent(Enumerable.Range(0, count).Where(i => stuck[i]).ToArray(), named, $"round {round}");
            Assert.HasCount(Circles(threads, stuck), graph.Deadlocks, $"round {round}");
            foreach (Deadlock deadlock in graph.Deadlocks)
                AssertIsCircle(deadlock);
            int[] held = [.. graph.Heads.SelectMany(head => head.Behind)];
            CollectionAssert.AreEquivalent(Enumerable.Range(0, count).Where(i => !stuck[i] && !threads[i].Waits.IsEmpty).ToArray(), held, $"round {round}");
        }
    }

    [TestMethod]
    public void A_long_chain_needs_no_deep_stack()
    {
        const int length = 50_000;
        WaitGraph chain = WaitGraph.Of([Free(0), .. Enumerable.Range(1, length - 1).Select(i => For(i, i - 1))]);
        WaitGraph ring = WaitGraph.Of([.. Enumerable.Range(0, length).Select(i => For(i, (i + 1) % length))]);

        Assert.HasCount(length - 1, chain.Heads.Single().Behind);
        Assert.HasCount(length, ring.Deadlocks.Single().Cycle);
    }

    private static void AssertIsCircle(Deadlock deadlock)
    {
        for (int i = 0; i < deadlock.Cycle.Length; i++)
            Assert.AreEqual(deadlock.Cycle[(i + 1) % deadlock.Cycle.Length].From, deadlock.Cycle[i].To.Position);
        Assert.HasCount(deadlock.Cycle.Length, deadlock.Cycle.Select(edge => edge.From).Distinct().ToArray());
    }

    private static ThreadWaits RandomThread(int position, int count, Random random) => random.Next(5) switch
    {
        0 => Free(position),
        1 => Waiting(position, Owned(Thread(random.Next(count))), Owned(Thread(random.Next(count)))) with { Mode = WaitMode.Any },
        2 => Waiting(position, Owned(Thread(random.Next(count))), Owned(Thread(random.Next(count)))),
        _ => For(position, random.Next(count)),
    };

    /// <summary>Lets threads go on one by one until none can.</summary>
    private static bool[] Stuck(ImmutableArray<ThreadWaits> threads)
    {
        bool[] stuck = [.. threads.Select(_ => true)];
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (ThreadWaits thread in threads.Where(thread => stuck[thread.Thread.Position]))
            {
                bool[] ends = [.. thread.Waits.Select(wait => wait.Owners.All(owner => !stuck[owner.Position!.Value]))];
                bool goesOn = ends.Length == 0 || (thread.Mode == WaitMode.All ? ends.All(end => end) : ends.Any(end => end));
                stuck[thread.Thread.Position] = !goesOn;
                changed |= goesOn;
            }
        }

        return stuck;
    }

    /// <summary>Sets of stuck threads that all reach each other.</summary>
    private static int Circles(ImmutableArray<ThreadWaits> threads, bool[] stuck)
    {
        int count = threads.Length;
        bool[,] reaches = new bool[count, count];
        foreach (ThreadWaits thread in threads.Where(thread => stuck[thread.Thread.Position]))
        {
            foreach (int owner in thread.Waits.SelectMany(wait => wait.Owners).Select(owner => owner.Position!.Value).Where(owner => stuck[owner]))
                reaches[thread.Thread.Position, owner] = true;
        }

        for (int k = 0; k < count; k++)
        {
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < count; j++)
                    reaches[i, j] |= reaches[i, k] && reaches[k, j];
            }
        }

        return Enumerable.Range(0, count).Where(i => reaches[i, i]).Count(i => Enumerable.Range(0, i).All(j => !(reaches[i, j] && reaches[j, i])));
    }

    private static int[] These(params int[] positions) => positions;

    private static ThreadWaits Free(int position) => new() { Thread = new ThreadIdentity(position) };

    private static ThreadWaits For(int position, int owner) => Waiting(position, Owned(Thread(owner)));

    private static ThreadWaits Waiting(int position, params ImmutableArray<Wait> waits) => Free(position) with { Waits = waits };

    private static Wait Owned(WaitOwner owner) => new() { Kind = WaitKind.CriticalSection, Owners = [owner], Proof = WaitProof.Certain };

    private static WaitOwner Thread(int position) => new((uint)position + 100, position);
}

using System.Collections.Immutable;

namespace KCallbacks.Detection.Waits;

/// <summary>
/// Who waits for whom, and what follows from it: the circles, the heads of the other chains, and who stands behind them. The cost is
/// linear in threads and edges.
/// </summary>
public sealed class WaitGraph
{
    private readonly ThreadPositions _positions;

    private WaitGraph(ImmutableArray<ThreadWaits> threads, ThreadPositions positions)
    {
        Threads = threads;
        _positions = positions;
    }

    /// <summary>What each thread waits for, in the order given.</summary>
    public ImmutableArray<ThreadWaits> Threads { get; }

    /// <summary>The circles, certain ones first, then those that hold up most threads.</summary>
    public ImmutableArray<Deadlock> Deadlocks { get; private init; } = [];

    /// <summary>The heads of chains that end in no circle, those that hold up most threads first.</summary>
    public ImmutableArray<WaitHead> Heads { get; private init; } = [];

    /// <summary>What a thread waits for; null for one that was not given.</summary>
    /// <param name="position"><c>ThreadIdentity.Position</c>.</param>
    public ThreadWaits? Of(int position) => _positions.Find(position);

    /// <summary>Draws the conclusions.</summary>
    /// <param name="threads">Every thread of the target; positions must differ.</param>
    public static WaitGraph Of(ImmutableArray<ThreadWaits> threads)
    {
        var positions = new ThreadPositions(threads);
        var nodes = new WaitNodes();
        WaitNetwork certain = WaitNetwork.Of(positions, nodes, WaitProof.Certain, unknownsEnd: true);
        WaitNetwork likely = WaitNetwork.Of(positions, nodes, WaitProof.Likely, unknownsEnd: false);
        Progress certainProgress = certain.Run();
        Progress likelyProgress = likely.Run();
        return new WaitGraph(threads, positions)
        {
            Deadlocks = DeadlocksOf(certain, certainProgress, likely, likelyProgress),
            Heads = HeadsOf(likely, likelyProgress),
        };
    }

    /// <summary>A likely circle counts only where no certain one keeps its threads anyway.</summary>
    private static ImmutableArray<Deadlock> DeadlocksOf(WaitNetwork certain, Progress certainProgress, WaitNetwork likely, Progress likelyProgress)
    {
        var circles = new List<Circle>();
        foreach (int[] circle in new CircleFinder(certain, certainProgress).Find())
            circles.Add(Circle.Of(certain, circle, WaitProof.Certain));
        foreach (int[] circle in new CircleFinder(likely, likelyProgress).Find())
        {
            if (circle.All(edge => certainProgress.IsFree(likely.EdgeAt(edge).From)))
                circles.Add(Circle.Of(likely, circle, WaitProof.Likely));
        }

        if (circles.Count == 0)
            return [];
        ILookup<int, int> behind = Behind(circles, likely, likelyProgress);
        return
        [
            .. circles.Select((circle, index) => new Deadlock(circle.Edges, [.. behind[index]], circle.Proof, circle.EndsAfter))
                .OrderByDescending(deadlock => deadlock.Proof)
                .ThenByDescending(deadlock => deadlock.Cycle.Length + deadlock.Behind.Length)
                .ThenBy(deadlock => deadlock.Cycle[0].From),
        ];
    }

    /// <summary>Each thread that cannot go on stands behind the nearest circle: a search over the edges backwards, from all circles at once.</summary>
    private static ILookup<int, int> Behind(List<Circle> circles, WaitNetwork network, Progress progress)
    {
        bool[] isPlaced = new bool[network.Count];
        var found = new List<(int Circle, int Position)>();
        var queue = new Queue<(int Node, int Circle)>();
        for (int index = 0; index < circles.Count; index++)
        {
            foreach (int node in circles[index].Nodes)
            {
                isPlaced[node] = true;
                queue.Enqueue((node, index));
            }
        }

        while (queue.TryDequeue(out (int Node, int Circle) at))
        {
            foreach (int edge in network.Incoming(at.Node))
            {
                int waiter = network.EdgeAt(edge).From;
                if (isPlaced[waiter] || progress.IsFree(waiter))
                    continue;
                isPlaced[waiter] = true;
                found.Add((at.Circle, network.OwnerAt(waiter).Position!.Value));
                queue.Enqueue((waiter, at.Circle));
            }
        }

        return found.ToLookup(pair => pair.Circle, pair => pair.Position);
    }

    /// <summary>Threads become free after those they wait for, so each one's head is known when its turn comes.</summary>
    private static ImmutableArray<WaitHead> HeadsOf(WaitNetwork network, Progress progress)
    {
        int[] heads = new int[network.Count];
        var proofs = new WaitProof[network.Count];
        var behind = new Dictionary<int, List<int>>();
        foreach (int node in progress.Order)
        {
            if (progress.LastEdge(node) is not { } edge)
            {
                (heads[node], proofs[node]) = (node, WaitProof.Certain);
                continue;
            }

            int owner = network.EdgeAt(edge).To;
            WaitProof link = network.EdgeAt(edge).Wait.Proof;
            heads[node] = heads[owner];
            proofs[node] = link < proofs[owner] ? link : proofs[owner];
            if (!behind.TryGetValue(heads[node], out List<int>? waiters))
                behind[heads[node]] = waiters = [];
            waiters.Add(node);
        }

        // Most dumps end here; sorting by several keys costs more than reading a small one.
        if (behind.Count == 0)
            return [];
        return
        [
            .. behind.Select(pair => new WaitHead(
                    network.OwnerAt(pair.Key), [.. pair.Value.Select(node => network.OwnerAt(node).Position!.Value)], pair.Value.Min(node => proofs[node])))
                .OrderByDescending(head => head.Behind.Length)
                .ThenBy(head => head.Thread.Position ?? int.MaxValue)
                .ThenBy(head => head.Thread.SystemId),
        ];
    }

    /// <summary>A circle with its nodes.</summary>
    private sealed record Circle(ImmutableArray<WaitEdge> Edges, ImmutableArray<int> Nodes, WaitProof Proof, TimeSpan? EndsAfter)
    {
        public static Circle Of(WaitNetwork network, int[] edges, WaitProof proof)
        {
            ImmutableArray<int> nodes = [.. edges.Select(edge => network.EdgeAt(edge).From)];
            TimeSpan? endsAfter = nodes.Select(node => network.ThreadAt(node)!).Where(thread => thread.EndsByTime).Min(thread => thread.Timeout);
            return new([.. edges.Select(network.Shown)], nodes, proof, endsAfter);
        }
    }
}

using System.Collections.Immutable;

namespace KCallbacks.Detection.Waits;

/// <summary>
/// Threads and what they need to go on, as a directed graph. A thread that needs one of several objects has a group of edges per
/// object and goes on when all edges of one group are gone; one that needs all has a single group.
/// </summary>
internal sealed class WaitNetwork
{
    private readonly ThreadPositions _threads;
    private readonly WaitNodes _nodes;
    private readonly List<Edge> _edges = [];
    private readonly List<Group> _groups = [];
    private readonly List<List<int>?> _incoming = []; // null for a node without: most threads of most processes
    private readonly List<List<int>?> _outgoing = [];

    private WaitNetwork(ThreadPositions threads, WaitNodes nodes) => (_threads, _nodes) = (threads, nodes);

    /// <summary>How many nodes there are.</summary>
    public int Count => _nodes.Count;

    /// <summary>Makes the graph of the edges that are at least as sure as <paramref name="least"/>.</summary>
    /// <param name="threads">The threads.</param>
    /// <param name="nodes">Their numbers, which networks of the same threads share.</param>
    /// <param name="least">The least proof of an edge.</param>
    /// <param name="unknownsEnd">Whether a thread that needs one of several objects may get one of which nobody knows who holds it.</param>
    public static WaitNetwork Of(ThreadPositions threads, WaitNodes nodes, WaitProof least, bool unknownsEnd)
    {
        var network = new WaitNetwork(threads, nodes);
        foreach (ThreadWaits thread in threads.All)
        {
            if (HasOwner(thread.Waits))
                network.Connect(thread, least, unknownsEnd);
        }

        return network;
    }

    /// <summary>The thread of a node.</summary>
    public WaitOwner OwnerAt(int node) => _nodes[node];

    /// <summary>What the thread of a node waits for; null for a thread that is not the target's.</summary>
    public ThreadWaits? ThreadAt(int node) => _nodes[node].Position is { } position ? _threads.Find(position) : null;

    /// <summary>Indexes of the edges that lead to a node.</summary>
    public IReadOnlyList<int> Incoming(int node) => node < _incoming.Count ? _incoming[node] ?? [] : [];

    /// <summary>Indexes of the edges that leave a node.</summary>
    public IReadOnlyList<int> Outgoing(int node) => node < _outgoing.Count ? _outgoing[node] ?? [] : [];

    /// <summary>An edge.</summary>
    public Edge EdgeAt(int edge) => _edges[edge];

    /// <summary>An edge as findings show it.</summary>
    public WaitEdge Shown(int edge) => new(_nodes[_edges[edge].From].Position!.Value, _nodes[_edges[edge].To], _edges[edge].Wait);

    /// <summary>Which threads can go on as soon as those do that nothing keeps.</summary>
    public Progress Run()
    {
        var progress = new Progress(Count);
        int[] left = [.. _groups.Select(group => group.Edges)];
        for (int node = 0; node < Count; node++)
        {
            if (Outgoing(node).Count == 0)
                progress.Free(node, edge: null);
        }

        for (int next = 0; next < progress.Order.Count; next++)
        {
            foreach (int edge in Incoming(progress.Order[next]))
            {
                Edge freed = _edges[edge];
                if (--left[freed.Group] == 0 && !progress.IsFree(freed.From))
                    progress.Free(freed.From, edge);
            }
        }

        return progress;
    }

    private void Connect(ThreadWaits thread, WaitProof least, bool unknownsEnd)
    {
        ImmutableArray<Wait> known = [.. thread.Waits.Select(AsFarAsSure).Where(wait => wait.Proof >= least && !wait.Owners.IsEmpty)];
        if (known.IsEmpty)
            return;
        bool needsAll = thread.Mode == WaitMode.All || thread.Waits.Length == 1;
        if (!needsAll && unknownsEnd && known.Length < thread.Waits.Length)
            return;

        int node = _nodes.Of(new WaitOwner(thread.Thread.SystemId ?? 0, thread.Thread.Position));
        if (needsAll)
            AddGroup(node, [.. known.SelectMany(wait => wait.Owners.Select(owner => (wait, owner)))]);
        foreach (Wait wait in needsAll ? [] : known)
            AddGroup(node, [.. wait.Owners.Select(owner => (wait, owner))]);
    }

    /// <summary>
    /// A receiver that pumps messages answers those that it is not just handling; and whether it handles this very one or another of the
    /// same number, nothing tells for certain.
    /// </summary>
    private Wait AsFarAsSure(Wait wait)
    {
        if (wait.Kind != WaitKind.WindowMessage || !wait.Owners.All(Pumps))
            return wait;
        WaitProof most = wait.IsBeingHandled ? WaitProof.Likely : WaitProof.Unknown;
        return wait.Proof > most ? wait with { Proof = most } : wait;
    }

    private bool Pumps(WaitOwner owner) =>
        owner.Position is { } position && _threads.Find(position) is { Pumps: true };

    private static bool HasOwner(ImmutableArray<Wait> waits)
    {
        foreach (Wait wait in waits)
        {
            if (!wait.Owners.IsEmpty)
                return true;
        }

        return false;
    }

    private void AddGroup(int node, (Wait Wait, WaitOwner Owner)[] edges)
    {
        foreach ((Wait wait, WaitOwner owner) in edges)
        {
            int to = _nodes.Of(owner);
            EdgesAt(_incoming, to).Add(_edges.Count);
            EdgesAt(_outgoing, node).Add(_edges.Count);
            _edges.Add(new Edge(node, to, _groups.Count, wait));
        }

        _groups.Add(new Group(edges.Length));
    }

    private static List<int> EdgesAt(List<List<int>?> edges, int node)
    {
        while (edges.Count <= node)
            edges.Add(null);
        return edges[node] ??= [];
    }

    /// <summary>An edge between nodes.</summary>
    internal readonly record struct Edge(int From, int To, int Group, Wait Wait);

    private readonly record struct Group(int Edges);
}

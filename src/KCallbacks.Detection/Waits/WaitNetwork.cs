using System.Collections.Immutable;

namespace KCallbacks.Detection.Waits;

/// <summary>
/// Threads and what they need to go on, as a directed graph. A thread that needs one of several objects has a group of edges per
/// object and goes on when all edges of one group are gone; one that needs all has a single group.
/// </summary>
internal sealed class WaitNetwork
{
    private readonly ImmutableArray<ThreadWaits> _threads;
    private readonly Dictionary<int, int> _nodeOfPosition = [];
    private readonly Dictionary<(uint SystemId, uint? ProcessId), int> _nodeOfStranger = [];
    private readonly List<WaitOwner> _owners = [];
    private readonly List<Edge> _edges = [];
    private readonly List<Group> _groups = [];
    private readonly List<List<int>?> _incoming = []; // null for a node without: most threads of most processes
    private readonly List<List<int>?> _outgoing = [];

    private WaitNetwork(ImmutableArray<ThreadWaits> threads)
    {
        _threads = threads;
        foreach (ThreadWaits thread in threads)
        {
            _nodeOfPosition[thread.Thread.Position] = _owners.Count;
            AddNode(new WaitOwner(thread.Thread.SystemId ?? 0, thread.Thread.Position));
        }
    }

    /// <summary>How many nodes there are: the threads in their order, then threads that are not the target's.</summary>
    public int Count => _owners.Count;

    /// <summary>Makes the graph of the edges that are at least as sure as <paramref name="least"/>.</summary>
    /// <param name="threads">The threads.</param>
    /// <param name="least">The least proof of an edge.</param>
    /// <param name="unknownsEnd">Whether a thread that needs one of several objects may get one of which nobody knows who holds it.</param>
    public static WaitNetwork Of(ImmutableArray<ThreadWaits> threads, WaitProof least, bool unknownsEnd)
    {
        var network = new WaitNetwork(threads);
        for (int node = 0; node < threads.Length; node++)
            network.Connect(node, threads[node], least, unknownsEnd);
        return network;
    }

    /// <summary>The thread of a node.</summary>
    public WaitOwner OwnerAt(int node) => _owners[node];

    /// <summary>What the thread of a node waits for; null for a thread that is not the target's.</summary>
    public ThreadWaits? ThreadAt(int node) => node < _threads.Length ? _threads[node] : null;

    /// <summary>Indexes of the edges that lead to a node.</summary>
    public IReadOnlyList<int> Incoming(int node) => _incoming[node] ?? [];

    /// <summary>Indexes of the edges that leave a node.</summary>
    public IReadOnlyList<int> Outgoing(int node) => _outgoing[node] ?? [];

    /// <summary>An edge.</summary>
    public Edge EdgeAt(int edge) => _edges[edge];

    /// <summary>An edge as findings show it.</summary>
    public WaitEdge Shown(int edge) => new(_owners[_edges[edge].From].Position!.Value, _owners[_edges[edge].To], _edges[edge].Wait);

    /// <summary>Which threads can go on as soon as those do that nothing keeps.</summary>
    public Progress Run()
    {
        var progress = new Progress(Count);
        int[] left = [.. _groups.Select(group => group.Edges)];
        for (int node = 0; node < Count; node++)
        {
            if (_outgoing[node] is null)
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

    private void Connect(int node, ThreadWaits thread, WaitProof least, bool unknownsEnd)
    {
        ImmutableArray<Wait> known = [.. thread.Waits.Select(AsFarAsSure).Where(wait => wait.Proof >= least && !wait.Owners.IsEmpty)];
        if (known.IsEmpty)
            return;
        bool needsAll = thread.Mode == WaitMode.All || thread.Waits.Length == 1;
        if (!needsAll && unknownsEnd && known.Length < thread.Waits.Length)
            return;

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
        owner.Position is { } position && _nodeOfPosition.TryGetValue(position, out int node) && _threads[node].Pumps;

    private void AddGroup(int node, (Wait Wait, WaitOwner Owner)[] edges)
    {
        foreach ((Wait wait, WaitOwner owner) in edges)
        {
            int to = NodeOf(owner);
            (_incoming[to] ??= []).Add(_edges.Count);
            (_outgoing[node] ??= []).Add(_edges.Count);
            _edges.Add(new Edge(node, to, _groups.Count, wait));
        }

        _groups.Add(new Group(edges.Length));
    }

    private int NodeOf(WaitOwner owner)
    {
        if (owner.Position is { } position && _nodeOfPosition.TryGetValue(position, out int node))
            return node;
        (uint, uint?) stranger = (owner.SystemId, owner.ProcessId);
        if (!_nodeOfStranger.TryGetValue(stranger, out node))
        {
            _nodeOfStranger[stranger] = node = _owners.Count;
            AddNode(owner);
        }

        return node;
    }

    private void AddNode(WaitOwner owner)
    {
        _owners.Add(owner);
        _incoming.Add(null);
        _outgoing.Add(null);
    }

    /// <summary>An edge between nodes.</summary>
    internal readonly record struct Edge(int From, int To, int Group, Wait Wait);

    private readonly record struct Group(int Edges);
}

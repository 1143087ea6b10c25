namespace KCallbacks.Detection.Waits;

/// <summary>
/// The circles among nodes that cannot go on: Tarjan's strongly connected components (SIAM J. Comput. 1972), without recursion, and
/// one simple circle of each.
/// </summary>
internal sealed class CircleFinder(WaitNetwork network, Progress progress)
{
    private const int NotSeen = -1;
    private const int NoComponent = -1;

    private readonly int[] _seenAs = Filled(network.Count, NotSeen);
    private readonly int[] _low = new int[network.Count];
    private readonly int[] _component = Filled(network.Count, NoComponent);
    private readonly Stack<int> _open = new();
    private int _seen;
    private int _components;

    /// <summary>The edges of one circle per component, from the thread with the smallest position on.</summary>
    public IEnumerable<int[]> Find()
    {
        var members = new List<int>();
        for (int node = 0; node < network.Count; node++)
        {
            if (!progress.IsFree(node) && _seenAs[node] == NotSeen)
                Visit(node);
        }

        bool[] isDone = new bool[_components];
        for (int node = 0; node < network.Count; node++)
        {
            if (progress.IsFree(node) || isDone[_component[node]])
                continue;
            isDone[_component[node]] = true;
            if (CircleFrom(node, members) is { } circle)
                yield return circle;
        }
    }

    private void Visit(int root)
    {
        var path = new Stack<(int Node, int Next)>();
        Enter(root, path);
        while (path.TryPop(out (int Node, int Next) at))
        {
            int target = NextStuck(at.Node, ref at.Next);
            if (target == NotSeen)
            {
                Leave(at.Node, path);
                continue;
            }

            path.Push(at);
            if (_seenAs[target] == NotSeen)
                Enter(target, path);
            else if (_component[target] == NoComponent)
                _low[at.Node] = Math.Min(_low[at.Node], _seenAs[target]);
        }
    }

    private void Enter(int node, Stack<(int Node, int Next)> path)
    {
        _seenAs[node] = _low[node] = _seen++;
        _open.Push(node);
        path.Push((node, 0));
    }

    private void Leave(int node, Stack<(int Node, int Next)> path)
    {
        if (path.TryPeek(out (int Node, int Next) caller))
            _low[caller.Node] = Math.Min(_low[caller.Node], _low[node]);
        if (_low[node] != _seenAs[node])
            return;
        int member;
        do
        {
            member = _open.Pop();
            _component[member] = _components;
        }
        while (member != node);
        _components++;
    }

    /// <summary>The next node that an edge leads to and that cannot go on; <see cref="NotSeen"/> after the last.</summary>
    private int NextStuck(int node, ref int next)
    {
        IReadOnlyList<int> edges = network.Outgoing(node);
        while (next < edges.Count)
        {
            int target = network.EdgeAt(edges[next++]).To;
            if (!progress.IsFree(target))
                return target;
        }

        return NotSeen;
    }

    /// <summary>Follows edges inside the component until a node comes again; null for a component of one node that does not wait for itself.</summary>
    private int[]? CircleFrom(int start, List<int> edges)
    {
        var stepOf = new Dictionary<int, int>();
        edges.Clear();
        int node = start;
        while (stepOf.TryAdd(node, edges.Count))
        {
            int edge = EdgeInside(node);
            if (edge < 0)
                return null;
            edges.Add(edge);
            node = network.EdgeAt(edge).To;
        }

        int[] circle = [.. edges[stepOf[node]..]];
        int first = Array.IndexOf(circle, circle.MinBy(edge => network.OwnerAt(network.EdgeAt(edge).From).Position));
        return [.. circle[first..], .. circle[..first]];
    }

    private int EdgeInside(int node)
    {
        foreach (int edge in network.Outgoing(node))
        {
            int target = network.EdgeAt(edge).To;
            if (!progress.IsFree(target) && _component[target] == _component[node])
                return edge;
        }

        return -1;
    }

    private static int[] Filled(int count, int value)
    {
        int[] array = new int[count];
        Array.Fill(array, value);
        return array;
    }
}

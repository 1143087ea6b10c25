namespace KCallbacks.Detection.Waits;

/// <summary>Which nodes of a <see cref="WaitNetwork"/> can go on, and in which order.</summary>
internal sealed class Progress(int nodes)
{
    private const int Nothing = -1;

    private readonly bool[] _isFree = new bool[nodes];
    private readonly int[] _lastEdges = new int[nodes];
    private readonly List<int> _order = new(nodes);

    /// <summary>The nodes that can go on; each after those that it waits for.</summary>
    public IReadOnlyList<int> Order => _order;

    /// <summary>Whether a node can go on.</summary>
    public bool IsFree(int node) => _isFree[node];

    /// <summary>The edge that kept a node back to the last; null for one that waited for nobody.</summary>
    public int? LastEdge(int node) => _lastEdges[node] == Nothing ? null : _lastEdges[node];

    /// <summary>Notes that a node can go on.</summary>
    /// <param name="node">The node.</param>
    /// <param name="edge">The edge that kept it back to the last; null when there was none.</param>
    public void Free(int node, int? edge)
    {
        _isFree[node] = true;
        _lastEdges[node] = edge ?? Nothing;
        _order.Add(node);
    }
}

using System.Runtime.InteropServices;

namespace KCallbacks.Detection.Waits;

/// <summary>Numbers for the threads that wait for one another. Most threads of most processes do not, and have none.</summary>
internal sealed class WaitNodes
{
    private readonly Dictionary<int, int?> _ofPosition = [];
    private readonly Dictionary<(uint SystemId, uint? ProcessId), int?> _ofStranger = [];
    private readonly List<WaitOwner> _owners = [];

    /// <summary>How many there are.</summary>
    public int Count => _owners.Count;

    /// <summary>The thread with a number.</summary>
    public WaitOwner this[int node] => _owners[node];

    /// <summary>The number of a thread, which gets one where it has none.</summary>
    public int Of(WaitOwner owner)
    {
        ref int? node = ref owner.Position is { } position
            ? ref CollectionsMarshal.GetValueRefOrAddDefault(_ofPosition, position, out _)
            : ref CollectionsMarshal.GetValueRefOrAddDefault(_ofStranger, (owner.SystemId, owner.ProcessId), out _);
        if (node is { } known)
            return known;
        node = _owners.Count;
        _owners.Add(owner);
        return node.Value;
    }
}

using KCallbacks.Detection.Waits;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>
/// What the lines read so far say of locks, owners and waiting threads. It is bounded: a text that says more than any process can have says
/// nothing reliable.
/// </summary>
internal sealed class OwnerLedger
{
    /// <summary>Most entries of each kind.</summary>
    private const int Most = 1 << 16;

    private readonly List<ListedLock> _locks = [];
    private readonly List<(Scope Scope, ThreadName Waiter, NotedWait Wait)> _waits = [];
    private readonly HashSet<(Scope Scope, ulong Address)> _doubted = [];
    private readonly Dictionary<(Scope Scope, ulong Id), (uint? Engine, uint? System)?> _clrThreads = [];

    /// <summary>The processes that the lines are about.</summary>
    public Scopes Scopes { get; } = new();

    /// <summary>The locks and handles, in the order of the text.</summary>
    public IReadOnlyList<ListedLock> Locks => _locks;

    /// <summary>Lines that name both the waiting thread and what it waits for.</summary>
    public IReadOnlyList<(Scope Scope, ThreadName Waiter, NotedWait Wait)> Waits => _waits;

    /// <summary>Whether there was more than can be kept, so that no conclusion holds.</summary>
    public bool IsOverfull { get; private set; }

    /// <summary>A listing of a lock begins.</summary>
    public ListedLock AddLock(WaitKind kind, string evidence)
    {
        var listed = new ListedLock(kind, Scopes.Current, evidence);
        if (HasRoom(_locks.Count))
            _locks.Add(listed);
        return listed;
    }

    /// <summary>A line says what a thread waits for.</summary>
    public void AddWait(ThreadName waiter, NotedWait wait)
    {
        if (HasRoom(_waits.Count))
            _waits.Add((Scopes.Current, waiter, wait));
    }

    /// <summary>A line says that what lies at an address is no lock of the kind it is taken for.</summary>
    public void Doubt(ulong address)
    {
        if (HasRoom(_doubted.Count))
            _doubted.Add((Scopes.Current, address));
    }

    /// <summary>Whether <see cref="Doubt"/> was said of a lock.</summary>
    public bool IsDoubted(ListedLock listed) => listed.Address is { } address && _doubted.Contains((listed.Scope, address));

    /// <summary>A row gives the ids of a thread of .NET. Two rows that contradict each other give none.</summary>
    public void AddClrThread(ulong id, uint? engine, uint? system)
    {
        (Scope, ulong) key = (Scopes.Current, id);
        if (_clrThreads.TryGetValue(key, out (uint? Engine, uint? System)? known))
        {
            bool differ = known is not { } before || Differ(before.Engine, engine) || Differ(before.System, system);
            _clrThreads[key] = differ ? null : (known!.Value.Engine ?? engine, known.Value.System ?? system);
        }
        else if (HasRoom(_clrThreads.Count))
        {
            _clrThreads[key] = (engine, system);
        }
    }

    /// <summary>The ids of a thread of .NET; neither where no row gives them.</summary>
    public (uint? Engine, uint? System) ClrThread(Scope scope, ulong id) => _clrThreads.GetValueOrDefault((scope, id)) ?? default;

    private static bool Differ(uint? left, uint? right) => left is not null && right is not null && left != right;

    private bool HasRoom(int count)
    {
        IsOverfull |= count >= Most;
        return count < Most;
    }
}

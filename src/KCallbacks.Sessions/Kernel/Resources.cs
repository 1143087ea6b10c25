using System.Collections.Immutable;
using KCallbacks.DbgEng;
using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions.Kernel;

/// <summary>
/// The kernel's resources (ERESOURCE) for which threads wait, by the objects they wait on. A resource names those objects; which resource an
/// object belongs to only the list of all resources tells, so it is walked once, and only when a thread waits for one.
/// </summary>
internal sealed class Resources
{
    /// <summary>More than any machine has; one with many drivers has some ten thousand.</summary>
    private const int Most = 1 << 18;

    /// <summary>More shared owners than a resource has.</summary>
    private const uint MostOwners = 0x1000;

    /// <summary>The lowest bits of an owner are flags; what has one of the two lowest is no thread (ExSetResourceOwnerPointer).</summary>
    private const ulong NoThread = 3;

    private const ushort ExclusiveFlag = 0x80;

    private readonly DebugDataSpaces _memory;
    private readonly KernelThreads _threads;
    private readonly ulong? _head;
    private readonly uint? _links;
    private readonly uint? _flag;
    private readonly uint? _exclusiveWaiters;
    private readonly uint? _sharedWaiters;
    private readonly uint? _ownerTable;
    private readonly uint? _owner;
    private readonly uint? _tableSize;
    private readonly uint? _entrySize;
    private readonly FieldSpan? _span;
    private readonly Lazy<Dictionary<ulong, ulong>> _byWaitedObject;
    private Func<bool> _isCancelled = static () => false;

    /// <param name="memory">The session's memory.</param>
    /// <param name="types">The types of the kernel.</param>
    /// <param name="threads">The threads that may own one.</param>
    public Resources(DebugDataSpaces memory, KernelTypes types, KernelThreads threads)
    {
        _memory = memory;
        _threads = threads;
        _head = types.AddressOf("ExpSystemResourcesList");
        _links = types.OffsetOf("_ERESOURCE", "SystemResourcesList");
        _flag = types.OffsetOf("_ERESOURCE", "Flag");
        _exclusiveWaiters = types.OffsetOf("_ERESOURCE", "ExclusiveWaiters");
        _sharedWaiters = types.OffsetOf("_ERESOURCE", "SharedWaiters");
        _ownerTable = types.OffsetOf("_ERESOURCE", "OwnerTable");
        _owner = types.OffsetOf("_ERESOURCE", "OwnerEntry.OwnerThread");
        _tableSize = types.OffsetOf("_OWNER_ENTRY", "TableSize");
        _entrySize = types.SizeOf("_OWNER_ENTRY");
        if (_links is not null && _owner is not null && _flag is not null)
            _span = new FieldSpan(_links, _flag, _exclusiveWaiters, _sharedWaiters, _ownerTable, _owner);
        _byWaitedObject = new(Walk);
    }

    /// <summary>The wait for the resource to which an object belongs; one without address when it belongs to none that is listed.</summary>
    /// <param name="waited">The object.</param>
    /// <param name="isCancelled">Whether the user wants to stop.</param>
    public Wait Around(ulong waited, Func<bool> isCancelled)
    {
        _isCancelled = isCancelled;
        if (_span is null || !_byWaitedObject.Value.TryGetValue(waited, out ulong resource) || !_span.TryRead(_memory, resource))
            return new Wait { Kind = WaitKind.Resource, NoOwner = "which resource it is cannot be told" };
        bool isExclusive = (_span.UInt32(_flag) & ExclusiveFlag) != 0;
        var wait = new Wait
        {
            Kind = WaitKind.Resource,
            Object = new WaitedObject(resource),
            State = isExclusive ? "held exclusively" : "held shared",
            Evidence = ["the thread's wait block in the kernel", "the resource waits by the same object"],
        };
        return OwnersOf(isExclusive) is { IsEmpty: false } owners
            ? wait with { Owners = owners, Proof = WaitProof.Certain }
            : wait with { NoOwner = "what it records as its owner is no thread" };
    }

    /// <summary>All who hold it must let go, so one that is no thread leaves the answer open.</summary>
    private ImmutableArray<WaitOwner> OwnersOf(bool isExclusive)
    {
        List<ulong> recorded = [_span!.Pointer(_owner)!.Value];
        if (!isExclusive && _span.Pointer(_ownerTable) is { } table and >= AddressSpace.KernelStart)
            AddTable(recorded, table);
        var owners = ImmutableArray.CreateBuilder<WaitOwner>();
        foreach (ulong owner in recorded.Where(owner => owner != 0).Distinct())
        {
            if ((owner & NoThread) != 0 || _threads.At(owner) is not { } thread)
                return [];
            owners.Add(thread);
        }

        return owners.DrainToImmutable();
    }

    /// <summary>The first entry of the table holds its size.</summary>
    private void AddTable(List<ulong> recorded, ulong table)
    {
        if (_entrySize is not { } size || _tableSize is not { } count || _memory.ReadNumber(table + count, sizeof(uint)) is not { } entries || entries > MostOwners)
        {
            recorded.Add(NoThread);
            return;
        }

        for (ulong i = 1; i < entries; i++)
            recorded.Add(_memory.ReadNumber(table + (i * size), sizeof(ulong)) ?? NoThread);
    }

    private Dictionary<ulong, ulong> Walk()
    {
        var found = new Dictionary<ulong, ulong>();
        if (_head is not { } head || _links is not { } links || _memory.ReadNumber(head, sizeof(ulong)) is not { } entry)
            return found;
        var seen = new HashSet<ulong> { head };
        while (seen.Count < Most && entry >= AddressSpace.KernelStart && seen.Add(entry) && _span!.TryRead(_memory, entry - links))
        {
            Add(found, _span.Pointer(_exclusiveWaiters), entry - links);
            Add(found, _span.Pointer(_sharedWaiters), entry - links);
            entry = _span.Links(links).Forward;
            if (_isCancelled())
                throw new OperationCanceledException();
        }

        return found;
    }

    /// <summary>An object of two resources is neither's.</summary>
    private static void Add(Dictionary<ulong, ulong> found, ulong? waited, ulong resource)
    {
        if (waited is { } known and >= AddressSpace.KernelStart && !found.TryAdd(known, resource))
            found[known] = 0;
    }
}

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Managed;

/// <summary>
/// What objects of a runtime tell of a thread: whose end it waits for, which thread is to run what it handed over, whether it is the
/// thread of windows. Fields are told apart by the types of what they refer to, which is the same in all versions of the class library; where
/// that leaves more than one answer there is none.
/// </summary>
/// <param name="objects">The objects.</param>
/// <param name="process">Reads memory.</param>
public sealed class ManagedOwners(IManagedObjects objects, IProcessView process)
{
    /// <summary>The type of the objects that stand for threads.</summary>
    public const string ThreadType = "System.Threading.Thread";

    private const string ExecutionType = "System.Threading.ExecutionContext";
    private const string DispatcherType = "System.Windows.Threading.Dispatcher";
    private const string OperationType = "System.Windows.Threading.DispatcherOperation";
    private const string EntryType = "System.Windows.Forms.Control+ThreadMethodEntry";
    private const string ControlWindowType = "System.Windows.Forms.Control+ControlNativeWindow";

    /// <summary>Bytes of a stack in which the waiting methods keep their objects.</summary>
    private const int LargestFrames = 0x2000;

    /// <summary>Handles of windows have 32 bits, of which the upper ones count how often a place was used.</summary>
    private const ulong SmallestWindow = 0x1_0000;

    /// <summary>Objects that a thread with windows keeps to hand over what is to run on it.</summary>
    private static readonly string[] WindowContexts =
    [
        "System.Windows.Forms.WindowsFormsSynchronizationContext",
        "System.Windows.Threading.DispatcherSynchronizationContext",
        "Microsoft.UI.Dispatching.DispatcherQueueSynchronizationContext",
        "Avalonia.Threading.AvaloniaSynchronizationContext",
    ];

    /// <summary>What the runtime tells of a thread, with what its objects tell.</summary>
    /// <param name="stack">Its frames.</param>
    /// <param name="systemId">Its system id.</param>
    public ManagedStack Complete(ManagedStack stack, uint systemId)
    {
        ArgumentNullException.ThrowIfNull(stack);
        return stack with { Joins = JoinedBy(systemId, stack.Frames), Invocation = InvokedBy(stack.Frames), IsUiThread = HasWindowContext(systemId) };
    }

    /// <summary>Whether a thread has the context of one with windows; null where that cannot be told.</summary>
    private bool? HasWindowContext(uint systemId)
    {
        if (objects.ThreadObjectOf(systemId) is not { } address || objects.At(address) is not { Type: ThreadType } thread)
            return null;
        List<ManagedObject> fields = ReferredBy(thread);
        if (HasContext(fields))
            return true;
        // .NET Framework keeps it in the context of execution, which may have come from another thread.
        return Single(fields, ExecutionType) is { } execution && HasContext(ReferredBy(execution)) ? null : false;
    }

    private static bool HasContext(List<ManagedObject> fields) => fields.Exists(static field => Array.IndexOf(WindowContexts, field.Type) >= 0);

    /// <summary>The thread whose <c>Thread</c> object the frames of a join keep: it points at the runtime's record of it.</summary>
    private uint? JoinedBy(uint waiter, ImmutableArray<ManagedFrame> frames)
    {
        if (ManagedWaitFrames.OfJoin(frames) is not { } place)
            return null;
        uint? joined = null;
        foreach (ManagedObject found in ObjectsIn(place))
        {
            if (found.Type != ThreadType || ThreadOf(found) is not { } id || id == waiter || id == joined)
                continue;
            if (joined is not null)
                return null;
            joined = id;
        }

        return joined;
    }

    private ManagedInvocation? InvokedBy(ImmutableArray<ManagedFrame> frames)
    {
        if (ManagedWaitFrames.OfInvocation(frames) is not { } place)
            return null;
        List<ManagedObject> kept = ObjectsIn(place);
        if (Single(kept, EntryType) is { } entry)
            return ThroughControl(entry);
        // The dispatcher itself may be that of an outer call; the operation is the one that is waited for.
        ManagedObject? dispatcher = Single(kept, OperationType) is { } operation ? Single(ReferredBy(operation), DispatcherType) : Single(kept, DispatcherType);
        return dispatcher is not null && Single(ReferredBy(dispatcher), ThreadType) is { } thread && ThreadOf(thread) is { } id ? new ManagedInvocation(id, []) : null;
    }

    /// <summary>Of the control that hands over and the one that it was asked of, both of one window tree, so of one thread.</summary>
    private ManagedInvocation? ThroughControl(ManagedObject entry)
    {
        var windows = ImmutableArray.CreateBuilder<ulong>();
        foreach (ManagedObject control in ReferredBy(entry))
        {
            if (Single(ReferredBy(control), ControlWindowType) is not { } window)
                continue;
            foreach (ulong field in Words(window.Address, window.Size))
            {
                if (field is >= SmallestWindow and <= uint.MaxValue && !windows.Contains(field))
                    windows.Add(field);
            }
        }

        return windows.Count == 0 ? null : new ManagedInvocation(null, windows.ToImmutable());
    }

    /// <summary>System id of the thread of a <c>Thread</c> object; null when it does not run.</summary>
    private uint? ThreadOf(ManagedObject thread)
    {
        foreach (ulong field in Words(thread.Address, thread.Size))
        {
            if (objects.ThreadAt(field) is { } id)
                return id;
        }

        return null;
    }

    /// <summary>The only object of a type among several references; null when there is none, or they lead to several.</summary>
    private static ManagedObject? Single(List<ManagedObject> found, string type)
    {
        ManagedObject? single = null;
        foreach (ManagedObject candidate in found)
        {
            if (candidate.Type != type)
                continue;
            if (single is not null && single.Address != candidate.Address)
                return null;
            single = candidate;
        }

        return single;
    }

    /// <summary>The objects to which the fields of one refer; the first word is the pointer to its type.</summary>
    private List<ManagedObject> ReferredBy(ManagedObject from) => Words(from.Address, from.Size) is { Length: > 0 } words ? ObjectsAmong(words.AsSpan(1), 0, 0) : [];

    /// <summary>The objects that frames keep; the stack's own addresses are none.</summary>
    private List<ManagedObject> ObjectsIn((ulong Start, ulong End) place) =>
        place.End - place.Start <= LargestFrames ? ObjectsAmong(Words(place.Start, (uint)(place.End - place.Start)), place.Start, place.End) : [];

    private List<ManagedObject> ObjectsAmong(ReadOnlySpan<ulong> words, ulong start, ulong end)
    {
        List<ManagedObject> found = [];
        foreach (ulong word in words)
        {
            bool isOnStack = word >= start && word < end;
            if (!isOnStack && word >= AddressSpace.LowestMapped && objects.At(word) is { } value)
                found.Add(value);
        }

        return found;
    }

    /// <summary>The words of a stretch of memory; none where it cannot be read.</summary>
    private ulong[] Words(ulong address, uint size)
    {
        ulong[] words = new ulong[size / sizeof(ulong)];
        return process.TryRead(address, MemoryMarshal.AsBytes(words.AsSpan())) ? words : [];
    }
}

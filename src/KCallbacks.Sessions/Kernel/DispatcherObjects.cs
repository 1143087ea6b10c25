using System.Globalization;
using KCallbacks.DbgEng;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Sessions.Kernel;

/// <summary>The objects that threads wait for in the kernel, each looked at once.</summary>
internal sealed class DispatcherObjects
{
    private const string Block = "the thread's wait block in the kernel";
    private const string HandedOver = "free: it is just being handed over";

    private readonly DebugDataSpaces _memory;
    private readonly KernelThreads _threads;
    private readonly ProcessLayout? _processes;
    private readonly Dictionary<ulong, Wait?> _known = [];
    private readonly uint? _type;
    private readonly uint? _state;
    private readonly uint? _owner;
    private readonly uint? _abandoned;
    private readonly FieldSpan _header;
    private readonly FieldSpan _mutant;

    /// <param name="memory">The session's memory.</param>
    /// <param name="types">The types of the kernel.</param>
    /// <param name="threads">The threads that may own an object.</param>
    public DispatcherObjects(DebugDataSpaces memory, KernelTypes types, KernelThreads threads)
    {
        _memory = memory;
        _threads = threads;
        _processes = ProcessLayout.Of(types);
        _type = types.OffsetOf("_DISPATCHER_HEADER", "Type");
        _state = types.OffsetOf("_DISPATCHER_HEADER", "SignalState");
        _owner = types.OffsetOf("_KMUTANT", "OwnerThread");
        _abandoned = types.OffsetOf("_KMUTANT", "Abandoned");
        _header = new FieldSpan(_type, _state);
        _mutant = new FieldSpan(_type, _state, _owner, _abandoned);
    }

    /// <summary>KOBJECTS of wdm.h, as <c>DISPATCHER_HEADER.Type</c> has it below its flag.</summary>
    private enum ObjectType : byte
    {
        NotificationEvent = 0,
        SynchronizationEvent = 1,
        Mutant = 2,
        Process = 3,
        Queue = 4,
        Semaphore = 5,
        Thread = 6,
        Gate = 7,
        NotificationTimer = 8,
        SynchronizationTimer = 9,
    }

    /// <summary>The wait for an object; null when it is none that can be read.</summary>
    public Wait? At(ulong address)
    {
        if (!_known.TryGetValue(address, out Wait? wait))
            _known[address] = wait = Read(address);
        return wait;
    }

    private Wait? Read(ulong address)
    {
        const byte lockedFlag = 0x80;
        // Most objects that are waited for and have an owner are mutants, so these cost one read; smaller ones may end where memory does.
        FieldSpan? read = _mutant.TryRead(_memory, address) ? _mutant : _header.TryRead(_memory, address) ? _header : null;
        if (read?.Byte(_type) is not { } type)
            return null;
        var wait = new Wait { Kind = WaitKind.KernelObject, Object = new WaitedObject(address), Evidence = [Block] };
        return (ObjectType)(type & ~lockedFlag) switch
        {
            ObjectType.NotificationEvent or ObjectType.SynchronizationEvent => wait with { Kind = WaitKind.Event, NoOwner = "whoever sets an event is not recorded" },
            ObjectType.Mutant => OfMutant(wait, isRead: read == _mutant),
            ObjectType.Process => wait with { Kind = WaitKind.Process, NoOwner = EndOf(address) },
            ObjectType.Queue => wait with { Kind = WaitKind.Work, NoOwner = "it waits for work" },
            ObjectType.Semaphore => wait with { Kind = WaitKind.Semaphore, NoOwner = "whoever releases a semaphore is not recorded" },
            ObjectType.Thread => OfThread(wait, address),
            ObjectType.NotificationTimer or ObjectType.SynchronizationTimer => wait with { Kind = WaitKind.Timer, NoOwner = "time ends it" },
            ObjectType.Gate => wait with { NoOwner = "whoever opens a gate is not recorded" },
            _ => null,
        };
    }

    /// <summary>A mutant is owned while its state is not positive (wdm.h: KeReadStateMutex).</summary>
    private Wait OfMutant(Wait wait, bool isRead)
    {
        Wait mutex = wait with { Kind = WaitKind.Mutex };
        bool isOwned = _mutant.UInt32(_state) is { } state && (int)state <= 0;
        if (!isRead || _mutant.Pointer(_owner) is not { } owner)
            return mutex with { NoOwner = "its owner cannot be read" };
        if (!isOwned || owner == 0)
            return mutex with { NoOwner = _mutant.Byte(_abandoned) == 1 ? "abandoned: its last owner ended without letting go" : HandedOver };
        return _threads.At(owner) is { } thread
            ? mutex with { Owners = [thread], Proof = WaitProof.Certain, Evidence = [Block, "KMUTANT.OwnerThread"] }
            : mutex with { NoOwner = string.Create(CultureInfo.InvariantCulture, $"what it records as its owner, {owner:x}, is no thread") };
    }

    private Wait OfThread(Wait wait, ulong address) => _threads.At(address) is { } thread
        ? wait with { Kind = WaitKind.Thread, Owners = [thread], Proof = WaitProof.Certain, Evidence = [Block] }
        : wait with { Kind = WaitKind.Thread, NoOwner = "which thread cannot be read" };

    private string EndOf(ulong address) => _processes?.Read(_memory, address) is { } process ? $"until {process.Name} ends" : "until the process ends";
}

using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions.Kernel;

/// <summary>The threads that others wait for, by their ETHREADs: those that were scanned, and those of other processes.</summary>
internal sealed class KernelThreads
{
    private readonly DebugDataSpaces _memory;
    private readonly Dictionary<ulong, ThreadIdentity> _scanned;
    private readonly Dictionary<ulong, WaitOwner?> _others = [];
    private readonly ProcessLayout? _processes;
    private readonly uint? _owner;
    private readonly uint? _process;
    private readonly uint? _thread;
    private readonly uint? _type;
    private readonly FieldSpan _span;

    /// <param name="memory">The session's memory.</param>
    /// <param name="types">The types of the kernel.</param>
    /// <param name="scanned">The threads that were scanned.</param>
    public KernelThreads(DebugDataSpaces memory, KernelTypes types, IEnumerable<ThreadIdentity> scanned)
    {
        _memory = memory;
        _scanned = [];
        foreach (ThreadIdentity thread in scanned)
            _scanned.TryAdd(thread.Address!.Value, thread);
        _processes = ProcessLayout.Of(types);
        _owner = types.OffsetOf("_ETHREAD", "Tcb.Process");
        _process = types.OffsetOf("_ETHREAD", "Cid.UniqueProcess");
        _thread = types.OffsetOf("_ETHREAD", "Cid.UniqueThread");
        _type = types.OffsetOf("_ETHREAD", "Tcb.Header.Type");
        _span = new FieldSpan(_owner, _process, _thread, _type);
    }

    /// <summary>The thread at an address as an owner; null when no thread is there.</summary>
    public WaitOwner? At(ulong address)
    {
        if (_scanned.TryGetValue(address, out ThreadIdentity? thread))
            return new WaitOwner(thread.SystemId ?? 0, thread.Position);
        if (!_others.TryGetValue(address, out WaitOwner? other))
            _others[address] = other = Read(address);
        return other;
    }

    private string? NameOf(ulong? process) => process is { } address ? _processes?.Read(_memory, address)?.Identity.Name : null;

    private WaitOwner? Read(ulong address)
    {
        bool isThread = address >= AddressSpace.KernelStart && address % sizeof(ulong) == 0
            && _span.TryRead(_memory, address) && _span.Byte(_type) == ThreadLayout.ThreadObject;
        return isThread && _span.Pointer(_thread) is > 0 and <= uint.MaxValue and { } id
            ? new WaitOwner((uint)id, null, (uint?)_span.Pointer(_process), NameOf(_span.Pointer(_owner)))
            : null;
    }
}

using KCallbacks.DbgEng;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Sessions.Kernel;

/// <summary>Where the fields of an ETHREAD lie in this kernel.</summary>
internal sealed class ThreadLayout
{
    /// <summary><c>KOBJECTS.ThreadObject</c> (wdm.h), which <c>DISPATCHER_HEADER.Type</c> holds in the first byte of every thread.</summary>
    public const byte ThreadObject = 6;

    /// <summary><c>KTHREAD_STATE.Waiting</c>.</summary>
    private const byte Waiting = 5;

    private readonly uint _id;
    private readonly uint _links;
    private readonly uint _teb;
    private readonly uint? _type;
    private readonly uint? _trapFrame;
    private readonly uint? _state;
    private readonly uint? _waitReason;
    private readonly uint? _waitTime;
    private readonly uint? _window;
    private readonly uint? _nestingLevel;
    private readonly uint? _callbackStack;
    private readonly uint? _firstArgument;
    private readonly uint? _waitBlocks;
    private readonly uint? _waitBlockCount;
    private readonly FieldSpan _span;

    private ThreadLayout(KernelTypes types, uint id, uint links, uint teb)
    {
        _id = id;
        _links = links;
        _teb = teb;
        _type = OffsetOf("Tcb.Header.Type");
        _trapFrame = OffsetOf("Tcb.TrapFrame");
        _state = OffsetOf("Tcb.State");
        _waitReason = OffsetOf("Tcb.WaitReason");
        _waitTime = OffsetOf("Tcb.WaitTime");
        _window = OffsetOf("Tcb.Win32Thread");
        _nestingLevel = OffsetOf("Tcb.CallbackNestingLevel");
        _callbackStack = OffsetOf("Tcb.CallbackStack") ?? OffsetOf("Tcb.CallbackDepth");
        _firstArgument = OffsetOf("Tcb.FirstArgument");
        _waitBlocks = OffsetOf("Tcb.WaitBlockList");
        _waitBlockCount = OffsetOf("Tcb.WaitBlockCount");
        _span = new FieldSpan(
            _id, _links, _teb, _type, _trapFrame, _state, _waitReason, _waitTime, _window, _nestingLevel, _callbackStack,
            _firstArgument, _waitBlocks, _waitBlockCount);

        uint? OffsetOf(string field) => types.OffsetOf("_ETHREAD", field);
    }

    /// <summary>Looks the fields up; null when the type lacks one without which threads cannot be listed.</summary>
    public static ThreadLayout? Of(KernelTypes types) =>
        types.OffsetOf("_ETHREAD", "Cid.UniqueThread") is { } id
        && types.OffsetOf("_ETHREAD", "ThreadListEntry") is { } links
        && types.OffsetOf("_ETHREAD", "Tcb.Teb") is { } teb
            ? new ThreadLayout(types, id, links, teb)
            : null;

    /// <summary>The thread whose <c>ThreadListEntry</c> lies at an address; null when no thread is there.</summary>
    public (ThreadBlock Thread, ListLinks Links)? ReadEntry(DebugDataSpaces memory, KernelClock clock, ulong entry) =>
        Read(memory, clock, entry - _links) is { } thread ? (thread, _span.Links(_links)) : null;

    /// <summary>The thread at an address; null when no thread is there.</summary>
    public ThreadBlock? Read(DebugDataSpaces memory, KernelClock clock, ulong address)
    {
        if (!_span.TryRead(memory, address) || _span.Byte(_type) is not (null or ThreadObject))
            return null;
        ulong teb = _span.Pointer(_teb)!.Value;
        return new ThreadBlock(address, (uint)_span.Pointer(_id)!.Value, teb, _span.Pointer(_trapFrame), StateOf(teb, clock))
        {
            FirstArgument = _span.Pointer(_firstArgument),
            WaitBlocks = _span.Pointer(_waitBlocks),
            WaitBlockCount = _span.Byte(_waitBlockCount),
        };
    }

    private KernelState StateOf(ulong teb, KernelClock clock)
    {
        bool? isWaiting = _span.Byte(_state) is { } state ? state == Waiting : null;
        bool waits = isWaiting == true;
        return new KernelState(
            CallbackDepth: _span.Byte(_nestingLevel),
            HasCallbackStack: _span.Pointer(_callbackStack) is { } stack ? stack != 0 : null,
            IsSystemThread: teb == 0,
            IsWindowThread: _span.Pointer(_window) is { } window ? window != 0 : null,
            WaitReason: waits && _span.Byte(_waitReason) is { } reason ? WaitReasons.NameOf(reason) : null,
            WaitTime: waits && _span.UInt32(_waitTime) is { } since ? clock.Since(since) : null,
            IsWaiting: isWaiting);
    }
}

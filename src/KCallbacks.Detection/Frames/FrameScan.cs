using System.Collections.Immutable;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Frames;

/// <summary>Finds callbacks in frames that were read, innermost first.</summary>
/// <remarks>
/// A stack may have any number of frames of any kind, so what lies around a frame is never searched for again: the searches that
/// could pass the same frames for every callback begin where the one before ended.
/// </remarks>
internal ref struct FrameScan
{
    /// <summary>Frames between WoW64's start of a callback and the 64-bit dispatcher: the <c>whcb</c> routine, sometimes a thunk.</summary>
    private const int Wow64Reach = 3;

    private readonly ReadOnlySpan<FrameReading> _frames;
    private readonly int _innermost;
    private readonly int _firstCallout;
    private int _handlerKnownUpTo;
    private int _handler = -1;
    private int _entryKnownUpTo = -1;
    private int _steps;

    public FrameScan(ReadOnlySpan<FrameReading> frames)
    {
        _frames = frames;
        _innermost = InnermostUserFrame(frames);
        _firstCallout = IndexOf(FrameRole.KernelCallout, 0);
    }

    public FrameEvidence Evidence()
    {
        int blockedIn = BlockedIn();
        return new()
        {
            Callbacks = Callbacks(),
            Sight = Sight(),
            IsUnbroken = IsUnbroken(),
            IsAtReturn = HasInnermost && _frames[_innermost].Role == FrameRole.CallbackReturn,
            BlockedIn = blockedIn,
            IsInSystemCall = blockedIn == _innermost && (_frames[blockedIn].IsSystemCall || _frames[blockedIn].Role == FrameRole.CallbackReturn),
            Steps = _steps,
        };
    }

    /// <summary>Whether the thread's innermost user frame is printed; under a kernel callout the frames of the callback itself are missing.</summary>
    /// <remarks>
    /// <code>
    ///     nt!KiSwapContext
    ///     nt!KiCallUserMode                  the callback runs in user mode, but its frames are not printed
    ///     nt!KeUserModeCallback
    ///     nt!KiSystemServiceCopyEnd
    ///     user32!NtUserDispatchMessage       the first user frame is not the innermost one
    /// </code>
    /// </remarks>
    private bool HasInnermost => _innermost < _frames.Length && _frames[.._innermost].IndexOf(FrameReading.Callout) < 0;

    /// <summary>The first frame that is neither the kernel's nor one that all system calls share; the number of frames when there is none.</summary>
    private static int InnermostUserFrame(ReadOnlySpan<FrameReading> frames)
    {
        int i = AfterKernel(frames);
        while (i < frames.Length && (frames[i].IsKernel || frames[i].Role == FrameRole.FastSystemCall))
            i++;
        return i;
    }

    /// <summary>
    /// Drivers have any name, so a stack that begins in the kernel stays there up to its last kernel entry before Windows' own user
    /// modules; without an entry or such a module it has no user half.
    /// </summary>
    /// <remarks>
    /// <code>
    ///     nt!KiSwapContext                   kernel
    ///     somedriver!Wait                    kernel, whatever its name
    ///     nt!KiSystemServiceCopyEnd          the entry
    ///     somedll!Wait              &lt;- the user half begins here
    ///     ntdll!RtlUserThreadStart
    /// </code>
    /// </remarks>
    /// <returns>Index of the first frame of the user half; 0 for a stack that does not begin in the kernel.</returns>
    internal static int AfterKernel(ReadOnlySpan<FrameReading> frames)
    {
        if (frames.IsEmpty || !frames[0].IsKernel)
            return 0;
        int after = -1;
        for (int i = 0; i < frames.Length; i++)
        {
            if (frames[i].IsSurelyUser)
                return Math.Max(after, 0);
            if (frames[i].Role == FrameRole.KernelEntry)
                after = i + 1;
        }

        return after < 0 ? frames.Length : after;
    }

    private ImmutableArray<WalkedCallback> Callbacks()
    {
        ImmutableArray<WalkedCallback>.Builder? found = null;
        for (int i = 0; i < _frames.Length; i++)
        {
            if (CallbackAt(i) is { } callback)
                (found ??= ImmutableArray.CreateBuilder<WalkedCallback>()).Add(callback);
        }

        if (found is [{ Proof: FrameProof.InnermostDispatcher }, _, ..])
            found.RemoveAt(0);
        if (found is not null)
            return found.DrainToImmutable();
        int stub = IndexOf(FrameRole.CallbackReturn, 0);
        return stub < 0 ? [] : [new(stub, -1, -1, -1, FrameProof.ReturnStubByName)];
    }

    /// <summary>What a frame shows of a callback.</summary>
    /// <remarks>
    /// <code>
    ///     app!WndProc                        handler
    ///     user32!_fnDWORD                    routine                     without a dispatcher below: RoutineOnly
    ///     ntdll!KiUserCallbackDispatcher+24  Dispatcher -> the callback
    ///     win32u!NtUserMessageCall           entry                       with user code above and no dispatcher between: ReenteredSystemCall
    ///
    ///     nt!KiCallUserMode                  KernelCallout -> the callback, unless a dispatcher stands above
    ///
    ///     wow64!Wow64KiUserCallbackDispatcher  Wow64Dispatcher -> the callback, unless its 64-bit dispatcher follows
    ///     wow64win!whcbfnDWORD
    /// </code>
    /// </remarks>
    private WalkedCallback? CallbackAt(int i) => _frames[i].Role switch
    {
        FrameRole.Dispatcher when !IsDoubled(i) => new(i, RoutineAbove(i), EntryBelow(i), HandlerAbove(i), DispatcherProof(i)),
        FrameRole.KernelCallout when !IsCalloutOfDispatcher(i) => new(i, RoutineAbove(i), EntryBelow(i), -1, FrameProof.KernelCallout),
        FrameRole.Routine when !IsDispatched(i) => new(i, i, EntryNear(i), HandlerAbove(i), FrameProof.RoutineOnly),
        FrameRole.GraphicalCall when IsReentered(i) => new(i, -1, i, HandlerAbove(i), FrameProof.ReenteredSystemCall),
        FrameRole.Wow64Dispatcher when IsCalledByWow64Win(i) && !ContinuesIn64Bit(i) => new(i, -1, -1, -1, FrameProof.Wow64Dispatcher),
        _ => null,
    };

    /// <summary>What a dispatcher's frame proves.</summary>
    /// <remarks>
    /// <code>
    ///     user32!_fnDWORD                           Symbols, whatever the displacement
    ///     ntdll!KiUserCallbackDispatcher+99
    ///
    ///     ntdll!KiUserCallbackDispatcherContinue    Symbols: only symbol files have the label
    ///
    ///     app!WndProc                               ReturnDisplacement
    ///     ntdll!KiUserCallbackDispatcher+24
    ///
    ///     app!WndProc                               DispatcherName: another function's nearest export, perhaps
    ///     ntdll!KiUserCallbackDispatcher+99
    ///
    ///     ntdll!KiUserCallbackDispatcher+99         InnermostDispatcher: the same, and nothing was called by it
    /// </code>
    /// </remarks>
    private FrameProof DispatcherProof(int i)
    {
        DispatcherFit fit = _frames[i].Fit;
        bool isWeak = fit == DispatcherFit.OtherDisplacement || (fit == DispatcherFit.NameOnly && EntryBelow(i) < 0);
        if (i == _innermost && isWeak)
            return FrameProof.InnermostDispatcher;
        if (fit == DispatcherFit.ReturnLabel || RoutineAbove(i) >= 0)
            return FrameProof.Symbols;
        return fit == DispatcherFit.ReturnDisplacement ? FrameProof.ReturnDisplacement : FrameProof.DispatcherName;
    }

    /// <summary>
    /// x86 kernel debuggers print the dispatcher a second time, at the outer end of the callback's kernel frames: the user stack
    /// pointer in the trap frame they unwind is the one the kernel rewrote for the callback. The next frame is the real stub.
    /// </summary>
    /// <remarks>
    /// <code>
    ///     ntdll!KiUserCallbackDispatcher+2e    the callback
    ///     nt!KiCallUserMode+4
    ///     nt!KeUserModeCallback+87
    ///     nt!KiFastCallEntry+fc
    ///     ntdll!KiFastSystemCallRet
    ///     ntdll!KiUserCallbackDispatcher+2e    the same one again -> passed over
    ///     user32!NtUserDispatchMessage+c       entry
    /// </code>
    /// </remarks>
    private bool IsDoubled(int i)
    {
        if (i == 0 || _frames[i].Role != FrameRole.Dispatcher || _frames[i - 1].Role != FrameRole.FastSystemCall)
            return false;
        return i > _innermost || (_firstCallout >= 0 && _firstCallout < i);
    }

    /// <summary>Whether a callout belongs to the dispatcher above it, so that both are one callback.</summary>
    /// <remarks>
    /// <code>
    ///     ntdll!KiUserCallbackDispatcher+2e    the callback
    ///     nt!KiServiceExit
    ///     nt!KiCallUserMode+4                  the same one -> passed over
    /// </code>
    /// </remarks>
    private bool IsCalloutOfDispatcher(int i)
    {
        int above = i - 1;
        while (above >= 0 && _frames[above].Role == FrameRole.Kernel)
            above--;
        return above >= 0 && _frames[above].Role == FrameRole.Dispatcher && !IsDoubled(above);
    }

    /// <summary>Whether a dispatcher, callout or second routine stands below a routine, which shows the callback then.</summary>
    /// <remarks>
    /// <code>
    ///     user32!__fnDWORD                     -> part of the callback below
    ///     ntdll!KiUserCallForwarder            while control flow guard checks the call
    ///     ntdll!KiUserCallbackDispatcher+24    the callback
    ///
    ///     user32!__ClientThreadSetup           -> part of the callback below
    ///     user32!_ClientThreadSetup            the routine
    /// </code>
    /// </remarks>
    private bool IsDispatched(int routine)
    {
        int below = routine + 1;
        while (below < _frames.Length && _frames[below].Role is FrameRole.Forwarder)
            below++;
        return below < _frames.Length
            && _frames[below].Role is FrameRole.Dispatcher or FrameRole.KernelCallout or FrameRole.Routine;
    }

    /// <summary>Only <c>wow64win</c> starts 32-bit callbacks. Called by others, the name is the nearest export before another function, as RunCpuSimulation.</summary>
    private bool IsCalledByWow64Win(int wow64Dispatcher) =>
        wow64Dispatcher + 1 >= _frames.Length || _frames[wow64Dispatcher + 1].Module is SystemModule.Wow64Win or SystemModule.Missing;

    /// <summary>Whether the 64-bit dispatcher or routine of the same callback stands a few frames further out.</summary>
    /// <remarks>
    /// <code>
    ///     wow64!Wow64KiUserCallbackDispatcher    -> part of the callback below
    ///     wow64win!NtUserCallbackThunk
    ///     wow64win!whcbfnDWORD
    ///     ntdll!KiUserCallbackDispatcherContinue the callback
    /// </code>
    /// </remarks>
    private bool ContinuesIn64Bit(int wow64Dispatcher)
    {
        ReadOnlySpan<FrameReading> next = _frames[(wow64Dispatcher + 1)..Math.Min(_frames.Length, wow64Dispatcher + 1 + Wow64Reach)];
        foreach (FrameReading frame in next)
        {
            if (frame.Role is FrameRole.Dispatcher or FrameRole.Routine)
                return true;
        }

        return false;
    }

    /// <summary>
    /// Nothing but the kernel enters user mode from within a stub, and what enters it there has a dispatcher of its own.
    /// A routine or dispatcher one frame further in was counted already.
    /// </summary>
    /// <remarks>
    /// <code>
    ///     app!WndProc
    ///     user32!DispatchClientMessage    nothing but a callback runs this further in than a stub
    ///     win32u!NtUserMessageCall        -> a callback, entered here
    ///
    ///     app!ApcRoutine
    ///     ntdll!KiUserApcDispatcher       has a dispatcher of its own -> no callback
    ///     win32u!NtUserGetMessage
    /// </code>
    /// </remarks>
    private bool IsReentered(int stub)
    {
        int above = stub - 1;
        while (above >= 0 && (_frames[above].IsKernel || _frames[above].Role == FrameRole.FastSystemCall || IsDoubled(above)))
        {
            _steps++;
            above--;
        }

        if (above < _innermost || _frames[above].Role is FrameRole.Dispatcher or FrameRole.OtherDispatcher or FrameRole.Wow64Dispatcher or FrameRole.Routine)
            return false;
        bool isCounted = _frames[Math.Max(above - 1, 0)].Role is FrameRole.Routine or FrameRole.Dispatcher;
        return !isCounted && _frames[(above + 1)..stub].IndexOf(FrameReading.Callout) < 0;
    }

    /// <summary>The routine is the frame directly above and no other: further up stands what the routine calls.</summary>
    /// <remarks>
    /// <code>
    ///     user32!fnHkINLPCWPSTRUCTW            a helper, called by the routine
    ///     user32!__fnDWORD                     -> the routine
    ///     ntdll!KiUserCallForwarder
    ///     ntdll!KiUserCallbackDispatcher+24
    /// </code>
    /// </remarks>
    private int RoutineAbove(int dispatcher)
    {
        int above = dispatcher - 1;
        while (above >= 0 && _frames[above].Role == FrameRole.Forwarder)
            above--;
        return above >= 0 && _frames[above].Role is FrameRole.Routine or FrameRole.RoutineIfDispatched ? above : -1;
    }

    /// <summary>
    /// The nearest frame further in that is not Windows' way to the application, as long as no system call or dispatcher lies between.
    /// Asked for callbacks from the innermost on.
    /// </summary>
    private int HandlerAbove(int callback)
    {
        for (; _handlerKnownUpTo < callback; _handlerKnownUpTo++)
        {
            _steps++;
            FrameReading frame = _frames[_handlerKnownUpTo];
            if (frame.Module == SystemModule.Other)
                _handler = _handlerKnownUpTo;
            else if (frame.Module == SystemModule.Missing || frame.IsKernel || frame.IsSystemCall || frame.Role is FrameRole.CallbackReturn or FrameRole.Dispatcher)
                _handler = -1;
        }

        return _handler;
    }

    /// <summary>The system call is the frame directly below and no other: further out stands what led to it. Asked for callbacks from the innermost on.</summary>
    /// <remarks>
    /// <code>
    ///     ntdll!KiUserCallbackDispatcher+2e
    ///     nt!KiCallUserMode+4                  kernel frames lie between on x86
    ///     nt!KiFastCallEntry+fc
    ///     ntdll!KiFastSystemCallRet            and what all system calls share
    ///     user32!NtUserDispatchMessage+c       -> the entry
    /// </code>
    /// </remarks>
    private int EntryBelow(int dispatcher)
    {
        int below = Math.Max(dispatcher + 1, _entryKnownUpTo);
        while (below < _frames.Length && (_frames[below].IsKernel || _frames[below].Role == FrameRole.FastSystemCall || IsDoubled(below)))
        {
            _steps++;
            below++;
        }

        _entryKnownUpTo = below;
        return below < _frames.Length && _frames[below].IsSystemCall ? below : -1;
    }

    /// <summary>The system call of a routine whose dispatcher is not printed, or printed under another name.</summary>
    /// <remarks>
    /// <code>
    ///     user32!__fnDWORD
    ///     ntdll!RtlIsDosDeviceName_U+1f5c4     the dispatcher, named by an export far before it
    ///     win32u!NtUserMessageCall             -> the entry
    /// </code>
    /// </remarks>
    private int EntryNear(int routine)
    {
        int entry = EntryBelow(routine);
        return entry < 0 && routine + 2 < _frames.Length && _frames[routine + 2].Role == FrameRole.GraphicalCall ? routine + 2 : entry;
    }

    /// <summary>The innermost named user frame; a nameless system call stub is passed over for its caller.</summary>
    /// <remarks>
    /// <code>
    ///     nt!KiSwapContext
    ///     nt!KiSystemServiceCopyEnd
    ///     ntdll+9c0d4                          a stub without a name
    ///     KERNELBASE!WaitForSingleObjectEx     -> what it waits in
    /// </code>
    /// </remarks>
    private int BlockedIn()
    {
        if (!HasInnermost)
            return -1;
        int i = _innermost;
        while (i < _frames.Length && _frames[i] is { Role: FrameRole.Unnamed, Module: SystemModule.Ntdll or SystemModule.Win32u or SystemModule.Wow64Win })
            i++;
        // Under emulation the 64-bit frames only say that 32-bit code runs.
        bool tells = i < _frames.Length && _frames[i].IsNamed && !_frames[i].IsKernel && _frames[i].Module != SystemModule.Wow64;
        return tells ? i : -1;
    }

    /// <summary>How much of the thread's user stack the frames show.</summary>
    /// <remarks>
    /// <code>
    ///     ntdll!NtWaitForSingleObject
    ///     app!main
    ///     ntdll!RtlUserThreadStart             ToThreadStart
    ///
    ///     ntdll!NtWaitForSingleObject
    ///     app!main                             EndsEarly
    ///
    ///     ntdll!NtWaitForSingleObject
    ///     7ff812345678                         the walk may have gone astray at code without a name
    ///
    ///     app!WndProc
    ///     ntdll+9f014                          NamelessNtdll: it may be the dispatcher
    ///     app!main
    /// </code>
    /// </remarks>
    private WalkCoverage Sight()
    {
        if (_frames.IsEmpty)
            return WalkCoverage.Nothing;
        if (IndexOf(FrameRole.SystemThreadStart, 0) >= 0)
            return WalkCoverage.SystemThread;
        int lastNamed = LastNamedUserFrame();
        if (lastNamed < 0)
            return IsKernelOnly() ? WalkCoverage.KernelOnly : WalkCoverage.NoNames;
        if (HasNamelessNtdll(lastNamed))
            return WalkCoverage.NamelessNtdll;
        if (IndexOf(FrameRole.ThreadStart, _innermost) >= 0)
            return WalkCoverage.ToThreadStart;
        bool isLost = lastNamed + 1 < _frames.Length && _frames[lastNamed + 1].Role == FrameRole.Unnamed;
        return isLost ? WalkCoverage.LostBehindNamelessCode : WalkCoverage.EndsEarly;
    }

    private bool IsUnbroken()
    {
        foreach (FrameReading frame in _frames)
        {
            if (!frame.IsNamed && frame.Module == SystemModule.Missing)
                return false;
        }

        return true;
    }

    private int LastNamedUserFrame()
    {
        for (int i = _frames.Length - 1; i >= _innermost; i--)
        {
            if (!_frames[i].IsKernel && _frames[i].IsNamed)
                return i;
        }

        return -1;
    }

    private bool IsKernelOnly()
    {
        foreach (FrameReading frame in _frames)
        {
            if (frame.Role == FrameRole.Unnamed)
                return false;
        }

        return _frames[0].IsKernel;
    }

    /// <summary>
    /// Among named frames, and not the innermost, the dispatcher may be nameless. An address outside all modules is not in ntdll either, if the debugger knows ntdll.
    /// </summary>
    private bool HasNamelessNtdll(int end)
    {
        bool knowsNtdll = KnowsNtdll();
        for (int i = _innermost + 1; i < end; i++)
        {
            if (_frames[i].Role == FrameRole.Unnamed && (_frames[i].Module == SystemModule.Ntdll || (_frames[i].Module == SystemModule.Missing && !knowsNtdll)))
                return true;
        }

        return false;
    }

    private bool KnowsNtdll()
    {
        foreach (FrameReading frame in _frames)
        {
            if (frame.Module == SystemModule.Ntdll)
                return true;
        }

        return false;
    }

    private int IndexOf(FrameRole role, int start)
    {
        for (int i = start; i < _frames.Length; i++)
        {
            if (_frames[i].Role == role)
                return i;
        }

        return -1;
    }
}

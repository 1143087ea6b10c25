using System.Collections.Immutable;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Frames;

/// <summary>
/// Goes over frames that were read, innermost first, and notes each callback. What a callback needs to know of the frames further in is
/// kept from frame to frame, so that each frame is looked at a few times at most, whatever the stack holds.
/// </summary>
internal ref struct CallbackSearch
{
    /// <summary>Frames between WoW64's start of a callback and the 64-bit dispatcher: the <c>whcb</c> routine, sometimes a thunk.</summary>
    private const int Wow64Reach = 3;

    /// <summary>Words of the stack after a dispatcher among which the system call that led to it may be named.</summary>
    private const int WordsToEntry = 4;

    /// <summary>Frames from a routine to its dispatcher at most.</summary>
    private const int RoutineReach = 8;

    private readonly ReadOnlySpan<FrameReading> _frames;
    private readonly int _innermost;
    private readonly bool _isRawScan;
    private readonly int _firstCallout;
    private readonly int _lastDispatcher;

    /// <summary>The last callout before the frame looked at; -1 when there is none.</summary>
    private int _lastCallout = -1;

    /// <summary>The nearest frame of the application, as long as no system call or dispatcher lies between; -1 when there is none.</summary>
    private int _handler = -1;

    /// <summary>The nearest frame of a library between window and application, which counts where no frame of the application follows.</summary>
    private int _glue = -1;

    /// <summary>Among raw words, the routine named last since the last dispatcher; -1 when there is none.</summary>
    private int _wordOfRoutine = -1;

    /// <summary>The next frame that is neither the kernel's nor shared by all system calls, worked out once for each run of those.</summary>
    private int _nextUser;

    /// <param name="frames">The frames.</param>
    /// <param name="innermost">Index of the innermost user frame.</param>
    /// <param name="isRawScan">Whether they are raw words of a stack, among which neighbours need not be callers.</param>
    public CallbackSearch(ReadOnlySpan<FrameReading> frames, int innermost, bool isRawScan)
    {
        _frames = frames;
        _innermost = innermost;
        _isRawScan = isRawScan;
        _firstCallout = FirstOf(frames, FrameRole.KernelCallout);
        _lastDispatcher = LastOf(frames, FrameRole.Dispatcher);
    }

    /// <summary>Looks at frames so far, a measure of the work.</summary>
    public int Steps { get; private set; }

    /// <summary>The callbacks, innermost first.</summary>
    public ImmutableArray<WalkedCallback> Run()
    {
        ImmutableArray<WalkedCallback>.Builder? found = null;
        int stub = -1;
        for (int i = 0; i < _frames.Length; i++)
        {
            if (CallbackAt(i) is { } callback)
                (found ??= ImmutableArray.CreateBuilder<WalkedCallback>()).Add(callback);
            if (stub < 0 && _frames[i].Role == FrameRole.CallbackReturn)
                stub = i;
            Pass(i);
        }

        if (found is [{ Proof: FrameProof.InnermostDispatcher }, _, ..])
            found.RemoveAt(0);
        if (found is not null)
            return found.DrainToImmutable();
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
        FrameRole.Dispatcher when !IsDoubled(i) => new(i, RoutineAbove(i), EntryBelow(i), Handler, DispatcherProof(i)),
        FrameRole.KernelCallout when !IsCalloutOfDispatcher(i) => new(i, RoutineAbove(i), EntryBelow(i), -1, FrameProof.KernelCallout),
        FrameRole.Routine when !IsDispatched(i) => new(i, i, EntryNear(i), Handler, FrameProof.RoutineOnly),
        FrameRole.GraphicalCall when IsReentered(i) => new(i, -1, i, Handler, FrameProof.ReenteredSystemCall),
        FrameRole.Wow64Dispatcher when IsCalledByWow64Win(i) && !ContinuesIn64Bit(i) => new(i, -1, -1, -1, FrameProof.Wow64Dispatcher),
        _ => null,
    };

    /// <summary>The code of the application that the callback runs, as far as the frames further in show it.</summary>
    private readonly int Handler => _handler >= 0 ? _handler : _glue;

    /// <summary>Keeps of a frame what callbacks further out need to know.</summary>
    private void Pass(int i)
    {
        FrameReading frame = _frames[i];
        if (frame.Module == SystemModule.Other)
            _handler = i;
        else if (frame.Module == SystemModule.Glue)
            _glue = i;
        else if (frame.Module == SystemModule.Missing || frame.IsKernel || frame.IsSystemCall || frame.Role is FrameRole.CallbackReturn or FrameRole.Dispatcher)
            _handler = _glue = -1;

        if (frame.Role == FrameRole.KernelCallout)
            _lastCallout = i;
        if (frame.Role is FrameRole.Routine or FrameRole.Dispatcher)
            _wordOfRoutine = frame.Role == FrameRole.Routine ? i : -1;
        Steps++;
    }

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
    /// pointer in the trap frame they unwind is the one the kernel rewrote for the callback. The next frame is the real stub. The
    /// return of the system call, which stands between, may be missing.
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
    private readonly bool IsDoubled(int i)
    {
        if (i == 0 || _frames[i].Role != FrameRole.Dispatcher)
            return false;
        bool isAfterCallout = _firstCallout >= 0 && _firstCallout < i;
        return _frames[i - 1].Role == FrameRole.FastSystemCall ? i > _innermost || isAfterCallout : isAfterCallout && _frames[i - 1].IsKernel;
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
            above = Step(above, -1);
        return above >= 0 && _frames[above].Role == FrameRole.Dispatcher && !IsDoubled(above);
    }

    /// <summary>
    /// Whether the routine belongs to a dispatcher, which counts for both: the next frame, one with nothing but user32 between, or any word
    /// further out. Before another callback's dispatcher there would be a system call.
    /// </summary>
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
        if (_isRawScan && routine < _lastDispatcher)
            return true;
        int below = routine + 1;
        int end = Math.Min(_frames.Length, routine + RoutineReach);
        while (below < end && (_frames[below].Role is FrameRole.Forwarder || _frames[below] is { Module: SystemModule.User32, Role: FrameRole.Code or FrameRole.ProcedureCall }))
            below = Step(below, 1);
        return below < _frames.Length
            && _frames[below].Role is FrameRole.Dispatcher or FrameRole.KernelCallout or FrameRole.Routine;
    }

    /// <summary>Only <c>wow64win</c> starts 32-bit callbacks. Called by others, the name is the nearest export before another function, as RunCpuSimulation.</summary>
    private readonly bool IsCalledByWow64Win(int wow64Dispatcher) =>
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
    private readonly bool ContinuesIn64Bit(int wow64Dispatcher)
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
    ///     win32u!NtUserMessageCall+11     the half of a stub of 32-bit Windows 8 and later that enters the kernel
    ///     win32u!NtUserMessageCall+a      its own caller -> no callback
    ///
    ///     app!ApcRoutine
    ///     ntdll!KiUserApcDispatcher       has a dispatcher of its own -> no callback
    ///     win32u!NtUserGetMessage
    /// </code>
    /// </remarks>
    private bool IsReentered(int stub)
    {
        if (_isRawScan)
            return false;
        int above = stub - 1;
        while (above >= 0 && (_frames[above].IsKernel || _frames[above].Role == FrameRole.FastSystemCall || IsDoubled(above)))
            above = Step(above, -1);
        if (above < _innermost || _frames[above].Role is FrameRole.GraphicalCall or FrameRole.Dispatcher or FrameRole.OtherDispatcher or FrameRole.Wow64Dispatcher or FrameRole.Routine)
            return false;
        bool isCounted = _frames[Math.Max(above - 1, 0)].Role is FrameRole.Routine or FrameRole.Dispatcher;
        return !isCounted && _lastCallout <= above;
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
        if (_isRawScan)
            return _wordOfRoutine;
        int above = dispatcher - 1;
        while (above >= 0 && _frames[above].Role == FrameRole.Forwarder)
            above = Step(above, -1);
        return above >= 0 && _frames[above].Role is FrameRole.Routine or FrameRole.RoutineIfDispatched ? above : -1;
    }

    /// <summary>
    /// The system call is the frame directly below and no other: further out stands what led to it. Before Windows 10 the stubs of exported
    /// functions have the names of these.
    /// </summary>
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
        if (_isRawScan)
            return WordOfEntry(dispatcher);
        _nextUser = Math.Max(_nextUser, dispatcher + 1);
        while (_nextUser < _frames.Length && (_frames[_nextUser].IsKernel || _frames[_nextUser].Role == FrameRole.FastSystemCall || IsDoubled(_nextUser)))
            _nextUser = Step(_nextUser, 1);
        return _nextUser < _frames.Length && (_frames[_nextUser].IsSystemCall || _frames[_nextUser].IsExportedStub) ? _nextUser : -1;
    }

    /// <summary>The word next to the dispatcher that a stub, or the function that calls it, left there.</summary>
    private readonly int WordOfEntry(int dispatcher)
    {
        int end = Math.Min(_frames.Length, dispatcher + 1 + WordsToEntry);
        for (int i = dispatcher + 1; i < end; i++)
        {
            if (_frames[i].IsSystemCall || (_frames[i].Module == SystemModule.User32 && _frames[i].Role is FrameRole.Code or FrameRole.MessageRetrieval))
                return i;
        }

        return -1;
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

    private int Step(int i, int by)
    {
        Steps++;
        return i + by;
    }

    private static int FirstOf(ReadOnlySpan<FrameReading> frames, FrameRole role)
    {
        for (int i = 0; i < frames.Length; i++)
        {
            if (frames[i].Role == role)
                return i;
        }

        return -1;
    }

    private static int LastOf(ReadOnlySpan<FrameReading> frames, FrameRole role)
    {
        for (int i = frames.Length - 1; i >= 0; i--)
        {
            if (frames[i].Role == role)
                return i;
        }

        return -1;
    }
}

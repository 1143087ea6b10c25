using System.Collections.Immutable;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Frames;

/// <summary>What frames that were read, innermost first, say of a thread.</summary>
internal readonly ref struct FrameScan
{
    private readonly ReadOnlySpan<FrameReading> _frames;
    private readonly int _innermost;
    private readonly bool _isRawScan;

    public FrameScan(ReadOnlySpan<FrameReading> frames, bool isRawScan)
    {
        _frames = frames;
        _innermost = InnermostUserFrame(frames);
        _isRawScan = isRawScan;
    }

    public FrameEvidence Evidence()
    {
        var search = new CallbackSearch(_frames, _innermost, _isRawScan);
        int blockedIn = BlockedIn();
        ImmutableArray<WalkedCallback> callbacks = search.Run();
        int loop = callbacks.IsEmpty ? MessageLoop() : -1;
        return new()
        {
            Callbacks = callbacks,
            HasMessageLoop = loop >= 0,
            Program = !callbacks.IsEmpty ? -1 : loop >= 0 ? CalledBy(loop) : StartOfProgram(),
            Sight = Sight(),
            IsUnbroken = IsUnbroken(),
            IsAtReturn = HasInnermost && _frames[_innermost].Role == FrameRole.CallbackReturn,
            BlockedIn = blockedIn,
            IsInSystemCall = blockedIn >= 0 && blockedIn == _innermost && (_frames[blockedIn].IsSystemCall || _frames[blockedIn].Role == FrameRole.CallbackReturn),
            Steps = search.Steps,
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
        while (i < frames.Length && (frames[i].IsKernel || frames[i].Role is FrameRole.FastSystemCall or FrameRole.NoCode))
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

    /// <summary>
    /// The innermost named user frame; a nameless system call stub is passed over for its caller. Where nothing is printed further in than
    /// the dispatcher or its routine, it is not known what the thread does.
    /// </summary>
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
        if (!HasInnermost || _frames[_innermost].Role is FrameRole.Dispatcher or FrameRole.Routine || IsDispatchedRoutine(_innermost))
            return -1;
        int i = _innermost;
        while (i < _frames.Length && _frames[i] is { Role: FrameRole.Unnamed, Module: SystemModule.Ntdll or SystemModule.Win32u or SystemModule.Wow64Win })
            i++;
        // Under emulation the 64-bit frames only say that 32-bit code runs.
        bool tells = i < _frames.Length && _frames[i].IsNamed && !_frames[i].IsKernel && _frames[i].Module != SystemModule.Wow64;
        return tells ? i : -1;
    }

    private bool IsDispatchedRoutine(int i) =>
        _frames[i].Role == FrameRole.RoutineIfDispatched && i + 1 < _frames.Length && _frames[i + 1].Role == FrameRole.Dispatcher;

    /// <summary>The outermost frame that takes messages, or hands one to a window procedure; -1 when there is none.</summary>
    private int MessageLoop()
    {
        for (int i = _frames.Length - 1; i >= _innermost; i--)
        {
            if (_frames[i].Role is FrameRole.ProcedureCall or FrameRole.MessageRetrieval)
                return i;
        }

        return -1;
    }

    /// <summary>The first frame of the program that a message loop called; -1 when it called none.</summary>
    private int CalledBy(int loop)
    {
        int i = loop - 1;
        while (i >= _innermost && _frames[i] is not { Module: SystemModule.Other, Role: FrameRole.Code or FrameRole.Unnamed })
            i--;
        return i >= _innermost ? i : -1;
    }

    /// <summary>The frame that the start of the thread called; -1 when the frames do not reach the start.</summary>
    private int StartOfProgram()
    {
        int start = IndexOf(FrameRole.ThreadStart, _innermost);
        return start > _innermost ? start - 1 : -1;
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
            return WithoutUserNames();
        if (HasNamelessNtdll(lastNamed))
            return WalkCoverage.NamelessNtdll;
        if (IsBroken())
            return WalkCoverage.Broken;
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

    private WalkCoverage WithoutUserNames()
    {
        bool hasNames = false;
        bool hasUserCode = false;
        foreach (FrameReading frame in _frames)
        {
            hasNames |= frame.IsNamed;
            hasUserCode |= frame.Role == FrameRole.Unnamed;
        }

        if (!hasUserCode)
            return _frames[0].IsKernel ? WalkCoverage.KernelOnly : WalkCoverage.NoNames;
        return _frames[0].IsKernel && hasNames ? WalkCoverage.UserHalfNameless : WalkCoverage.NoNames;
    }

    /// <summary>
    /// Whether a procedure of the application stands on a function that takes messages, or any code on the stub of a system call, which calls
    /// none: frames are missing there, and the dispatcher may be one of them. What hooks the system call inside such a function does call on.
    /// </summary>
    private bool IsBroken()
    {
        for (int i = _innermost + 1; i < _frames.Length; i++)
        {
            if (_frames[i].Role == FrameRole.MessageRetrieval && IsProcedure(i - 1))
                return true;
            if (_frames[i].IsExportedStub && _frames[i - 1].Role is FrameRole.Code or FrameRole.ProcedureCall)
                return true;
        }

        return false;
    }

    private bool IsProcedure(int inner)
    {
        if (_frames[inner].Role == FrameRole.ProcedureCall)
            return true;
        int outermost = inner;
        while (inner >= _innermost && _frames[inner] is { Module: SystemModule.Other or SystemModule.Glue, Role: FrameRole.Code or FrameRole.Unnamed })
            inner--;
        bool isHookOfSystemCall = inner >= 0 && _frames[inner].Role is FrameRole.GraphicalCall or FrameRole.FastSystemCall;
        return inner < outermost && !isHookOfSystemCall;
    }

    /// <summary>
    /// Whether an unnamed frame between named ones could be the dispatcher: one in ntdll, or one in no module when no frame names ntdll.
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

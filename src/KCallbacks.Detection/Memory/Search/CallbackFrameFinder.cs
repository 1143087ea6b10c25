using System.Collections.Immutable;
using KCallbacks.Detection.Memory.Arm64;
using KCallbacks.Detection.Memory.Wine;
using KCallbacks.Detection.Memory.X64;
using KCallbacks.Detection.Memory.X86;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Memory.Search;

/// <summary>
/// Evidence from memory: finds the callback frames in a thread's stack bytes by their structure, without symbols or unwind data.
/// One finder serves all threads of a process, from any number of threads at once.
/// </summary>
/// <remarks>A stack without callback frames costs one vectorised pass per layout and no allocation.</remarks>
internal sealed class CallbackFrameFinder
{
    private const string Damage = "the stack is damaged: it holds more callback frames than Windows nests (32)";

    private readonly IProcessView _process;
    private readonly LivenessCheck _liveness;
    private readonly ExceptionChain _exceptionChain;
    private readonly ReturnStubByName _stubByName;
    private readonly ReturnStubByCode _stubByCode;
    private readonly ImmutableArray<ICallbackLayout> _x86;
    private readonly ImmutableArray<ICallbackLayout> _x64;
    private readonly ImmutableArray<ICallbackLayout> _arm64;
    private readonly ImmutableArray<ICallbackLayout> _any;

    /// <summary>Looks up what callback frames are held against: the dispatcher, the return stub, the modules.</summary>
    /// <param name="process">The process; must outlive the finder.</param>
    public CallbackFrameFinder(IProcessView process)
    {
        ArgumentNullException.ThrowIfNull(process);
        var landmarks = new ProcessLandmarks(process);
        _process = process;
        _liveness = new LivenessCheck(landmarks, process);
        _exceptionChain = new ExceptionChain(landmarks);
        _stubByName = new ReturnStubByName(landmarks, process);
        _stubByCode = new ReturnStubByCode(process);
        _x86 = [.. X86LayoutsOf(process.WindowsBuild).Select(layout => new X86Layout(layout, landmarks, process))];
        _x64 = MayBeWine(process, landmarks) ? [new X64Layout(landmarks, process), new WineX64Layout(landmarks, process)] : [new X64Layout(landmarks, process)];
        _arm64 = [new Arm64Layout(landmarks)];
        _any = [.. _x64, .. _x86];
    }

    /// <summary>Searches the stack of one thread, or the 64-bit half of a WoW64 thread.</summary>
    /// <param name="thread">The thread; one without <see cref="ThreadStack.Memory"/> gives evidence that proves nothing.</param>
    /// <param name="isCancelled">Asked now and then whether to end the search early.</param>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public MemoryEvidence Examine(ThreadStack thread, Func<bool>? isCancelled = null)
    {
        ArgumentNullException.ThrowIfNull(thread);
        return Examine(thread, ArchitectureOf(thread), isCancelled);
    }

    /// <summary>Searches a stack of code of the given architecture, for example the 32-bit half of a WoW64 thread.</summary>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public MemoryEvidence Examine(ThreadStack thread, Architecture architecture, Func<bool>? isCancelled = null)
    {
        ArgumentNullException.ThrowIfNull(thread);
        var stack = new StackBytes(thread, _process);
        bool isAtReturn = _stubByName.Holds(stack);
        FieldCheck? returnStub = isAtReturn ? null : _stubByCode.Judge(stack, architecture);
        if (stack.Bytes.IsEmpty)
            return new MemoryEvidence { IsAtReturn = isAtReturn, ReturnStub = returnStub, DepthIsMinimum = true };

        ImmutableArray<ICallbackLayout> layouts = LayoutsOf(architecture);
        var search = new FrameSearch(isCancelled);
        foreach (ICallbackLayout layout in layouts)
            search.AddAll(layout, stack);
        // Each layout is searched from the innermost frame on.
        if (layouts.Length > 1)
            search.Frames?.Sort(static (left, right) => left.Address.CompareTo(right.Address));

        List<RejectedFrame>? rejected = search.Rejected;
        ImmutableArray<CallbackFrame> frames = search.Frames is null || search.IsEndless
            ? []
            : Confirm(stack, search.Frames, rejected ??= [], isAtReturn || returnStub is not null);
        bool isDamaged = search.IsEndless || frames.Length > CallbackLimits.Nesting;
        return new MemoryEvidence
        {
            Frames = isDamaged ? [] : frames,
            Rejected = isDamaged || rejected is null or [] ? [] : [.. rejected.OrderBy(frame => frame.Address)],
            Damage = isDamaged ? Damage : null,
            BytesSearched = stack.Bytes.Length,
            CandidatesChecked = search.CandidatesChecked,
            DepthIsMinimum = !stack.IsComplete,
            IsAtReturn = isAtReturn,
            ReturnStub = returnStub,
            CanProveAbsence = !isDamaged && stack.IsComplete && AreVerified(layouts),
        };
    }

    /// <summary>
    /// Whether the whole stack of a thread was searched for layouts known to be right, and nothing in it is or nearly is a callback
    /// frame. Stops at the first one and allocates nothing until then.
    /// </summary>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public bool IsFreeOfFrames(ThreadStack thread, Func<bool>? isCancelled = null)
    {
        ArgumentNullException.ThrowIfNull(thread);
        var stack = new StackBytes(thread, _process);
        ImmutableArray<ICallbackLayout> layouts = LayoutsOf(_process.Architecture);
        if (!stack.IsComplete || !AreVerified(layouts))
            return false;

        var search = new FrameSearch(isCancelled);
        foreach (ICallbackLayout layout in layouts)
        {
            if (search.HasAny(layout, stack))
                return false;
        }

        return true;
    }

    /// <summary>Printed stacks of both halves come without the process's architecture; the native half is x64's but on ARM64.</summary>
    private Architecture ArchitectureOf(ThreadStack thread) =>
        thread.Wow64Half is null || _process.Architecture == Architecture.Arm64 ? _process.Architecture : Architecture.X64;

    /// <summary>Whether not finding a frame of these layouts means that there is none.</summary>
    private static bool AreVerified(ImmutableArray<ICallbackLayout> layouts)
    {
        foreach (ICallbackLayout layout in layouts)
        {
            if (!layout.IsVerified)
                return false;
        }

        return !layouts.IsEmpty;
    }

    /// <summary>Holds the frames of one thread against what lies below them, and against each other.</summary>
    private ImmutableArray<CallbackFrame> Confirm(in StackBytes stack, List<CallbackFrame> found, List<RejectedFrame> rejected, bool isAtReturn)
    {
        _liveness.Apply(stack, found, rejected, isAtReturn);
        ImmutableArray<CallbackFrame> nested = Nesting.Order(found, rejected);
        // More are damage, and not worth the looks at each other.
        if (nested.Length > CallbackLimits.Nesting)
            return nested;
        ImmutableArray<CallbackFrame> chained = _exceptionChain.Confirm(stack, nested, rejected);
        return DispatcherConsensus.Apply(chained, rejected);
    }

    /// <summary>A dump without images does not tell whose ntdll it is; the frames do.</summary>
    private static bool MayBeWine(IProcessView process, ProcessLandmarks landmarks) =>
        process.IsWine || (landmarks.KnowsModules && landmarks.Dispatchers.IsEmpty && !landmarks.KnowsCallbackReturn);

    private ImmutableArray<ICallbackLayout> LayoutsOf(Architecture architecture) => architecture switch
    {
        Architecture.X86 => _x86,
        Architecture.X64 => _x64,
        Architecture.Arm64 => _arm64,
        Architecture.Unknown => _any,
        _ => [],
    };

    /// <summary>Windows 10's first builds (10240, 10586) were not seen; they have the form before or after them.</summary>
    private static ImmutableArray<CallbackLayout> X86LayoutsOf(int? windowsBuild) => windowsBuild switch
    {
        null => [CallbackLayout.X86Xp, CallbackLayout.X86Vista, CallbackLayout.X86Windows10],
        < 6000 => [CallbackLayout.X86Xp],
        < 10240 => [CallbackLayout.X86Vista],
        < 14393 => [CallbackLayout.X86Vista, CallbackLayout.X86Windows10],
        _ => [CallbackLayout.X86Windows10],
    };
}

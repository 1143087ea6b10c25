using System.Collections.Immutable;
using KCallbacks.Detection.Memory.Arm64;
using KCallbacks.Detection.Memory.Wine;
using KCallbacks.Detection.Memory.X64;
using KCallbacks.Detection.Memory.X86;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Memory.Search;

/// <summary>
/// Evidence from memory: finds the callback frames in a thread's stack bytes by their structure, without symbols or unwind data.
/// One finder serves all threads of a process, from any number of threads at once.
/// </summary>
/// <remarks>A stack without callback frames costs one vectorised pass per layout and no allocation.</remarks>
internal sealed class CallbackFrameFinder
{
    private readonly IProcessView _process;
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
        _stubByName = new ReturnStubByName(landmarks, process);
        _stubByCode = new ReturnStubByCode(process);
        _x86 = [.. X86LayoutsOf(process.WindowsBuild).Select(layout => new X86Layout(layout, landmarks, process))];
        _x64 = process.IsWine ? [new X64Layout(landmarks, process), new WineX64Layout(landmarks, process)] : [new X64Layout(landmarks, process)];
        _arm64 = [new Arm64Layout(landmarks)];
        _any = [.. _x64, .. _x86];
    }

    /// <summary>Searches the stack of one thread, or the 64-bit half of a WoW64 thread.</summary>
    /// <param name="thread">The thread; one without <see cref="ThreadStack.Memory"/> gives evidence that proves nothing.</param>
    public MemoryEvidence Examine(ThreadStack thread)
    {
        ArgumentNullException.ThrowIfNull(thread);
        return Examine(thread, thread.Wow64Half is null ? _process.Architecture : Architecture.X64);
    }

    /// <summary>Searches a stack of code of the given architecture, for example the 32-bit half of a WoW64 thread.</summary>
    public MemoryEvidence Examine(ThreadStack thread, Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(thread);
        var stack = new StackBytes(thread, _process);
        bool isAtReturn = _stubByName.Holds(stack);
        FieldCheck? returnStub = isAtReturn ? null : _stubByCode.Judge(stack, architecture);
        if (stack.Bytes.IsEmpty)
            return new MemoryEvidence { IsAtReturn = isAtReturn, ReturnStub = returnStub, DepthIsMinimum = true };

        List<CallbackFrame>? found = null;
        List<RejectedFrame>? rejected = null;
        ImmutableArray<ICallbackLayout> layouts = LayoutsOf(architecture);
        bool isVerified = !layouts.IsEmpty;
        foreach (ICallbackLayout layout in layouts)
        {
            isVerified &= layout.IsVerified;
            Search(layout, stack, ref found, ref rejected);
        }

        ImmutableArray<CallbackFrame> frames = found is null ? [] : Confirm(stack, found, rejected ??= []);
        return new MemoryEvidence
        {
            Frames = frames,
            Rejected = rejected is null ? [] : [.. rejected.OrderBy(frame => frame.Address)],
            BytesSearched = stack.Bytes.Length,
            DepthIsMinimum = !stack.IsComplete,
            IsAtReturn = isAtReturn,
            ReturnStub = returnStub,
            CanProveAbsence = stack.IsComplete && isVerified,
        };
    }

    /// <summary>
    /// Whether the whole stack of a thread was searched for layouts known to be right, and nothing in it is or nearly is a callback
    /// frame. Stops at the first one and allocates nothing until then.
    /// </summary>
    public bool IsFreeOfFrames(ThreadStack thread)
    {
        ArgumentNullException.ThrowIfNull(thread);
        var stack = new StackBytes(thread, _process);
        if (!stack.IsComplete)
            return false;
        ImmutableArray<ICallbackLayout> layouts = LayoutsOf(_process.Architecture);
        foreach (ICallbackLayout layout in layouts)
        {
            if (!layout.IsVerified || NextRemains(layout, stack, stack.Address) is not null)
                return false;
        }

        return !layouts.IsEmpty;
    }

    /// <summary>Holds the frames of one thread against each other.</summary>
    private static ImmutableArray<CallbackFrame> Confirm(in StackBytes stack, List<CallbackFrame> found, List<RejectedFrame> rejected)
    {
        ImmutableArray<CallbackFrame> nested = Nesting.Order(found, rejected);
        ImmutableArray<CallbackFrame> chained = ExceptionChain.Confirm(stack, nested, rejected);
        return DispatcherConsensus.Apply(chained, rejected);
    }

    private ImmutableArray<ICallbackLayout> LayoutsOf(Architecture architecture) => architecture switch
    {
        Architecture.X86 => _x86,
        Architecture.X64 => _x64,
        Architecture.Arm64 => _arm64,
        Architecture.Unknown => _any,
        _ => [],
    };

    /// <summary>Windows 10's first builds (10240, 10586) were not seen; they have the form before or behind them.</summary>
    private static ImmutableArray<CallbackLayout> X86LayoutsOf(int? windowsBuild) => windowsBuild switch
    {
        null => [CallbackLayout.X86Xp, CallbackLayout.X86Vista, CallbackLayout.X86Windows10],
        < 6000 => [CallbackLayout.X86Xp],
        < 10240 => [CallbackLayout.X86Vista],
        < 14393 => [CallbackLayout.X86Vista, CallbackLayout.X86Windows10],
        _ => [CallbackLayout.X86Windows10],
    };

    private static void Search(ICallbackLayout layout, in StackBytes stack, ref List<CallbackFrame>? frames, ref List<RejectedFrame>? rejected)
    {
        for (var remains = NextRemains(layout, stack, stack.Address); remains is { } found; remains = NextRemains(layout, stack, found.Address + 1))
        {
            if (found.Check.Frame is { } frame)
                (frames ??= []).Add(frame);
            else
                (rejected ??= []).Add(new RejectedFrame(found.Address, found.Check.Contradiction!));
        }
    }

    /// <summary>The first bytes at or behind an address that are or nearly are a callback frame; null when there are none.</summary>
    private static (ulong Address, CandidateCheck Check)? NextRemains(ICallbackLayout layout, in StackBytes stack, ulong from)
    {
        for (ulong? candidate = layout.FindCandidate(stack, from); candidate is { } address; candidate = layout.FindCandidate(stack, address + 1))
        {
            CandidateCheck check = layout.Check(stack, address);
            if (check is not { Frame: null, Contradiction: null })
                return (address, check);
        }

        return null;
    }
}

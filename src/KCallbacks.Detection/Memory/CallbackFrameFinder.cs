using System.Collections.Immutable;

namespace KCallbacks.Detection.Memory;

/// <summary>
/// Evidence from memory: finds the callback frames in a thread's stack bytes by their structure, without symbols or unwind data.
/// One finder serves all threads of a process, from any number of threads at once.
/// </summary>
/// <remarks>A stack without callback frames costs one vectorised pass per layout and no allocation.</remarks>
public sealed class CallbackFrameFinder
{
    private readonly IProcessView _process;
    private readonly ReturnStub _returnStub;
    private readonly ImmutableArray<ICallbackLayout> _layouts;

    /// <summary>Looks up what callback frames are held against: the dispatcher, the return stub, the modules.</summary>
    /// <param name="process">The process; must outlive the finder.</param>
    public CallbackFrameFinder(IProcessView process)
    {
        ArgumentNullException.ThrowIfNull(process);
        var landmarks = new ProcessLandmarks(process);
        _process = process;
        _returnStub = new ReturnStub(landmarks, process);
        _layouts = [new X64Layout(landmarks, process)];
    }

    /// <summary>Searches the stack of one thread.</summary>
    /// <param name="thread">The thread; one without <see cref="ThreadStack.Memory"/> gives evidence that proves nothing.</param>
    public MemoryEvidence Examine(ThreadStack thread)
    {
        ArgumentNullException.ThrowIfNull(thread);
        var stack = new StackBytes(thread, _process);
        bool isAtReturn = _returnStub.Holds(stack);
        if (stack.Bytes.IsEmpty)
            return new MemoryEvidence { IsAtReturn = isAtReturn, DepthIsMinimum = true };

        List<CallbackFrame>? frames = null;
        List<RejectedFrame>? rejected = null;
        bool isVerified = true;
        foreach (ICallbackLayout layout in _layouts)
        {
            isVerified &= layout.IsVerified;
            Search(layout, stack, ref frames, ref rejected);
        }

        return new MemoryEvidence
        {
            Frames = frames is null ? [] : Nesting.Order(frames, rejected ??= []),
            Rejected = rejected is null ? [] : [.. rejected.OrderBy(frame => frame.Address)],
            BytesSearched = stack.Bytes.Length,
            DepthIsMinimum = !stack.IsComplete,
            IsAtReturn = isAtReturn,
            CanProveAbsence = stack.IsComplete && isVerified,
        };
    }

    private static void Search(ICallbackLayout layout, in StackBytes stack, ref List<CallbackFrame>? frames, ref List<RejectedFrame>? rejected)
    {
        ulong? candidate = layout.FindCandidate(stack, stack.Address);
        while (candidate is { } address)
        {
            CandidateCheck check = layout.Check(stack, address);
            if (check.Frame is { } frame)
                (frames ??= []).Add(frame);
            else if (check.Contradiction is { } contradiction)
                (rejected ??= []).Add(new RejectedFrame(address, contradiction));
            candidate = layout.FindCandidate(stack, address + 1);
        }
    }
}

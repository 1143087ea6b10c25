using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Memory.Search;

/// <summary>
/// Goes through a stack for bytes that are or nearly are a callback frame. Its work is linear in the bytes of the stack, and it ends where
/// there are more than any thread can have.
/// </summary>
/// <param name="isCancelled">Asked now and then whether to end it early; null when nobody can.</param>
internal struct FrameSearch(Func<bool>? isCancelled)
{
    /// <summary>Frames of callbacks that run or are over; a thread can be in 32, and leaves few behind.</summary>
    public const int MostRemains = 8 * CallbackLimits.Nesting;

    /// <summary>Candidates that are checked in well under a millisecond.</summary>
    private const int CandidatesUntilCancellation = 0x400;

    /// <summary>The frames found; null when there are none.</summary>
    public List<CallbackFrame>? Frames { get; private set; }

    /// <summary>What nearly is a frame; null when there is none.</summary>
    public List<RejectedFrame>? Rejected { get; private set; }

    /// <summary>Places of the stack that were looked at.</summary>
    public int CandidatesChecked { get; private set; }

    /// <summary>Whether the search ended because there was too much.</summary>
    public bool IsEndless { get; private set; }

    /// <summary>Adds all that has the form of a layout.</summary>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public void AddAll(ICallbackLayout layout, in StackBytes stack)
    {
        for (var remains = Next(layout, stack, stack.Address); remains is { } found && !IsEndless; remains = Next(layout, stack, found.Address + 1))
        {
            if (found.Check.Frame is { } frame)
                (Frames ??= []).Add(frame);
            else
                (Rejected ??= []).Add(new RejectedFrame(found.Address, found.Check.Contradiction!));
            IsEndless = (Frames?.Count ?? 0) + (Rejected?.Count ?? 0) > MostRemains;
        }
    }

    /// <summary>Whether anything has the form of a layout. Allocates nothing when nothing has.</summary>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public bool HasAny(ICallbackLayout layout, in StackBytes stack) => Next(layout, stack, stack.Address) is not null;

    /// <summary>The first bytes at or after an address that are or nearly are a callback frame; null when there are none.</summary>
    private (ulong Address, CandidateCheck Check)? Next(ICallbackLayout layout, in StackBytes stack, ulong from)
    {
        for (ulong? candidate = layout.FindCandidate(stack, from); candidate is { } address; candidate = layout.FindCandidate(stack, address + 1))
        {
            if (++CandidatesChecked % CandidatesUntilCancellation == 0 && isCancelled?.Invoke() == true)
                throw new OperationCanceledException();
            CandidateCheck check = layout.Check(stack, address);
            if (check is not { Frame: null, Contradiction: null })
                return (address, check);
        }

        return null;
    }
}

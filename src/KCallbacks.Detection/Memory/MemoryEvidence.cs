using System.Collections.Immutable;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Memory;

/// <summary>What the stack bytes of one thread say.</summary>
public readonly record struct MemoryEvidence
{
    /// <summary>The callback frames, innermost first; each lies below the next.</summary>
    public ImmutableArray<CallbackFrame> Frames { get => field.IsDefault ? [] : field; init; }

    /// <summary>Frames of callbacks that are over, lowest address first.</summary>
    public ImmutableArray<RejectedFrame> Rejected { get => field.IsDefault ? [] : field; init; }

    /// <summary>Why no frame of the stack can be believed, in a few words; null when the stack is not damaged.</summary>
    public string? Damage { get; init; }

    /// <summary>Bytes that were searched; 0 when the thread has no stack memory.</summary>
    public int BytesSearched { get; init; }

    /// <summary>Places that were looked at: the work of the search beside one pass over the bytes.</summary>
    public int CandidatesChecked { get; init; }

    /// <summary>True when the bytes do not reach the base of the stack, so callbacks further out would not be seen.</summary>
    public bool DepthIsMinimum { get; init; }

    /// <summary>Whether the thread's instruction pointer is inside the stub of <c>ntdll!NtCallbackReturn</c>.</summary>
    public bool IsAtReturn { get; init; }

    /// <summary>Where that address has no name: what the code there shows of the same stub; null when it shows nothing.</summary>
    internal FieldCheck? ReturnStub { get; init; }

    /// <summary>
    /// True when the whole stack was searched for a layout that is known to be right, so that finding no frame means there is none.
    /// </summary>
    public bool CanProveAbsence { get; init; }
}

namespace KCallbacks.Detection.Memory;

/// <summary>One form of callback frame: where it may lie and what must hold there.</summary>
internal interface ICallbackLayout
{
    /// <summary>Whether not finding this form means that it is not there: it was checked on real Windows stacks.</summary>
    bool IsVerified { get; }

    /// <summary>Address of the first possible frame at or after <paramref name="from"/>; null when there is none. Allocates nothing.</summary>
    ulong? FindCandidate(in StackBytes stack, ulong from);

    /// <summary>Holds the invariants of the layout against a candidate.</summary>
    CandidateCheck Check(in StackBytes stack, ulong address);
}

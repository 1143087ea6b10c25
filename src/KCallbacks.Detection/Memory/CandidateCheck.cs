namespace KCallbacks.Detection.Memory;

/// <summary>What the invariants of a layout say of a candidate: a frame, the remains of one, or neither.</summary>
/// <param name="Frame">The frame; null unless every invariant that can be checked holds.</param>
/// <param name="Contradiction">What speaks against bytes that otherwise have the form; null when there is nothing to say.</param>
internal readonly record struct CandidateCheck(CallbackFrame? Frame, string? Contradiction)
{
    /// <summary>Bytes that only look like the start of a frame.</summary>
    public static CandidateCheck NotAFrame => default;

    public static CandidateCheck Is(CallbackFrame frame) => new(frame, null);

    public static CandidateCheck Stale(string contradiction) => new(null, contradiction);
}

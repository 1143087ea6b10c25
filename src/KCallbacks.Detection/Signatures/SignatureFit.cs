namespace KCallbacks.Detection.Signatures;

/// <summary>Whether the known parts of a partial signature are those of a full one.</summary>
public static class SignatureFit
{
    private const int Parts = 4;

    /// <summary>Whether a part of a signature is not known.</summary>
    public static bool IsPartial(string signature)
    {
        ArgumentNullException.ThrowIfNull(signature);
        string[] parts = signature.Split(HangSignature.Separator);
        return parts is not [_, var chain, var wait, var handler, ..] || IsOpen(chain) || wait == HangSignature.Unknown || handler == HangSignature.Unknown;
    }

    /// <summary>
    /// Whether the hang of a partial signature may be that of a full one: what both know is the same, and both know something of it. In a
    /// chain <c>?</c> is any one callback, <c>*</c> any number of them.
    /// </summary>
    public static bool Fits(string partial, string full)
    {
        ArgumentNullException.ThrowIfNull(partial);
        ArgumentNullException.ThrowIfNull(full);
        string[] known = partial.Split(HangSignature.Separator);
        string[] whole = full.Split(HangSignature.Separator);
        if (known.Length != Parts || whole.Length != Parts || known[0] != whole[0] || !IsPartial(partial) || IsPartial(full))
            return false;
        bool knowsWait = known[2] != HangSignature.Unknown;
        bool knowsHandler = known[3] != HangSignature.Unknown;
        return (knowsWait || knowsHandler || !IsOpen(known[1]))
            && (!knowsWait || known[2] == whole[2])
            && (!knowsHandler || known[3] == whole[3])
            && Chains(known[1].Split(CallbackChain.Link), whole[1] == HangSignature.None ? [] : whole[1].Split(CallbackChain.Link));
    }

    private static bool IsOpen(string chain) => chain.Contains(HangSignature.Unknown, StringComparison.Ordinal) || chain.Contains(CallbackChain.Any, StringComparison.Ordinal);

    private static bool Chains(ReadOnlySpan<string> known, ReadOnlySpan<string> whole)
    {
        if (known is [HangSignature.None])
            return whole.IsEmpty;
        if (known.IsEmpty)
            return whole.IsEmpty;
        if (known[0] == CallbackChain.Any)
            return Chains(known[1..], whole) || (!whole.IsEmpty && Chains(known, whole[1..]));
        return !whole.IsEmpty && (known[0] == HangSignature.Unknown || known[0] == whole[0]) && Chains(known[1..], whole[1..]);
    }
}

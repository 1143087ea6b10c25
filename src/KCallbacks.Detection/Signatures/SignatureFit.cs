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

    /// <summary>Whether the hang of a partial signature may be that of a full one.</summary>
    public static bool Fits(string partial, string full) => IsPartial(partial) && !IsPartial(full) && Agree(partial, full);

    /// <summary>
    /// Whether two signatures may be of one hang: what both know is the same, and both know something of it. In a chain <c>?</c> is any one
    /// callback, <c>*</c> any number of them.
    /// </summary>
    public static bool Agree(string first, string second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        string[] one = first.Split(HangSignature.Separator);
        string[] other = second.Split(HangSignature.Separator);
        if (one.Length != Parts || other.Length != Parts || one[0] != other[0] || !IsSamePart(one[2], other[2]) || !IsSamePart(one[3], other[3]))
            return false;
        bool isTelling = IsKnown(one[2], other[2]) || IsKnown(one[3], other[3]) || (!IsOpen(one[1]) && !IsOpen(other[1]));
        return isTelling && IsSameChain(CallbacksOf(one[1]), CallbacksOf(other[1]));
    }

    private static bool IsKnown(string one, string other) => one != HangSignature.Unknown && other != HangSignature.Unknown;

    private static bool IsSamePart(string one, string other) => one == other || !IsKnown(one, other);

    private static bool IsOpen(string chain) => chain.Contains(HangSignature.Unknown, StringComparison.Ordinal) || chain.Contains(CallbackChain.Any, StringComparison.Ordinal);

    private static string[] CallbacksOf(string chain) => chain == HangSignature.None ? [] : chain.Split(CallbackChain.Link);

    private static bool IsSameChain(ReadOnlySpan<string> one, ReadOnlySpan<string> other)
    {
        if (one is [CallbackChain.Any, ..])
            return IsSameChain(one[1..], other) || (!other.IsEmpty && IsSameChain(one, other[1..]));
        if (other is [CallbackChain.Any, ..])
            return IsSameChain(other, one);
        if (one.IsEmpty || other.IsEmpty)
            return one.IsEmpty && other.IsEmpty;
        return IsSamePart(one[0], other[0]) && IsSameChain(one[1..], other[1..]);
    }
}

namespace KCallbacks.Detection.Signatures;

/// <summary>Words as they stand in signatures, in which the marks between parts cannot occur.</summary>
internal static class PlainWord
{
    private const int Longest = 64;

    /// <summary>As many hexadecimal digits in a row are an address, or a hash that the next build changes.</summary>
    private const int FewestDigits = 8;

    /// <summary>
    /// A name in lower case with <c>_</c> for all but letters and digits, as debuggers spell the names of modules; <c>?</c> for none, and for
    /// one that was made of an address (<c>image00007ff6_12340000</c>).
    /// </summary>
    public static string Of(ReadOnlySpan<char> name)
    {
        if (name.IsEmpty || HoldsAddress(name))
            return HangSignature.Unknown;
        Span<char> word = stackalloc char[Math.Min(name.Length, Longest)];
        for (int i = 0; i < word.Length; i++)
            word[i] = char.IsLetterOrDigit(name[i]) ? char.ToLowerInvariant(name[i]) : '_';
        return word.ToString();
    }

    private static bool HoldsAddress(ReadOnlySpan<char> name)
    {
        int run = 0;
        bool hasDigit = false;
        foreach (char c in name)
        {
            bool isOf = char.IsAsciiHexDigit(c) || (run > 0 && c is '_' or '`');
            run = !isOf ? 0 : char.IsAsciiHexDigit(c) ? run + 1 : run;
            hasDigit = isOf && (hasDigit || char.IsAsciiDigit(c));
            if (run >= FewestDigits && hasDigit)
                return true;
        }

        return false;
    }
}

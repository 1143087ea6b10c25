namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// Tells <c>KiSwapThread+0xb5</c>, a function printed without its module, from <c>gui3+0x1635</c>, a module without symbols.
/// </summary>
internal static class SystemFunction
{
    /// <summary>Whether a bare name is a function: a C++ name, or one with a prefix of Windows' own naming scheme.</summary>
    public static bool IsName(ReadOnlySpan<byte> name)
    {
        if (name.IndexOf("::"u8) >= 0)
            return true;

        ReadOnlySpan<byte> plain = name.TrimStart("_@#"u8);
        if (plain.Length < 4 || plain.Contains((byte)'.'))
            return false;
        return HasPrefix(plain, "Ki"u8) || HasPrefix(plain, "Ke"u8) || HasPrefix(plain, "Nt"u8) || HasPrefix(plain, "Zw"u8)
            || HasPrefix(plain, "Rtl"u8) || HasPrefix(plain, "Ldr"u8) || HasPrefix(plain, "Base"u8) || HasPrefix(plain, "Io"u8)
            || HasPrefix(plain, "Ob"u8) || HasPrefix(plain, "Ps"u8) || HasPrefix(plain, "Mm"u8) || HasPrefix(plain, "Mi"u8)
            || HasPrefix(plain, "Ex"u8) || HasPrefix(plain, "Csr"u8) || HasPrefix(plain, "xxx"u8) || HasPrefix(plain, "Client"u8);
    }

    private static bool HasPrefix(ReadOnlySpan<byte> name, ReadOnlySpan<byte> prefix) =>
        name.Length > prefix.Length
        && name.StartsWith(prefix)
        && (char.IsAsciiLetterUpper((char)name[prefix.Length]) || name[prefix.Length] is (byte)'p' or (byte)'i');
}

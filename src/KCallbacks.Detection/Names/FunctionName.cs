using System.Buffers;

namespace KCallbacks.Detection.Names;

/// <summary>A function name without what debuggers and compilers put around it: a view of the printed text, never a copy.</summary>
internal readonly ref struct FunctionName
{
    private static readonly SearchValues<char> AddressDigits = SearchValues.Create("0123456789abcdefABCDEF`");

    private readonly ReadOnlySpan<char> _printed;

    private FunctionName(ReadOnlySpan<char> printed, ReadOnlySpan<char> word, int underscores, bool isScope)
    {
        _printed = printed;
        Word = word;
        Underscores = underscores;
        IsScope = isScope;
    }

    /// <summary>The name for comparison: no leading underscores or marks, no <c>@4</c>, arguments or other tail.</summary>
    public ReadOnlySpan<char> Word { get; }

    /// <summary>
    /// The name as a person reads it: whole, with its scopes and template arguments, underscores kept, without arguments of the call and <c>@4</c>.
    /// </summary>
    public ReadOnlySpan<char> Printable => Word.IsEmpty ? default : WholeName.Of(_printed);

    /// <summary>Whether <see cref="Word"/> is only the scope of the name: <c>ui::Panel::Layout</c> is no function of Windows called <c>ui</c>.</summary>
    public bool IsScope { get; }

    /// <summary>Leading underscores that belong to the name; the one a 32-bit compiler puts before <c>name@4</c> does not.</summary>
    public int Underscores { get; }

    /// <summary>Reads a printed function name; an empty <see cref="Word"/> when there is none.</summary>
    public static FunctionName Of(ReadOnlySpan<char> printed)
    {
        if (IsAddress(printed))
            return default;
        int start = 0;
        while (start < printed.Length && !IsWord(printed[start]))
            start++;
        if (start == printed.Length)
            return OfOtherScript(printed.Trim());
        int first = start;
        while (first < printed.Length && printed[first] == '_')
            first++;
        int end = first;
        while (end < printed.Length && IsWord(printed[end]))
            end++;

        bool isDecorated = end < printed.Length - 1 && printed[end] == '@' && char.IsAsciiDigit(printed[end + 1]);
        int underscores = first - start;
        return new(printed, printed[first..end], isDecorated ? Math.Max(0, underscores - 1) : underscores, printed[end..].StartsWith("::"));
    }

    /// <summary>Whether this is the function <paramref name="name"/>, in any case.</summary>
    public bool Is(string name) => !IsScope && Word.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the name begins with <paramref name="start"/>, in any case.</summary>
    public bool StartsWith(string start) => !IsScope && Word.StartsWith(start, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether this is the stub of the system service <paramref name="service"/>: <c>Nt</c> and <c>Zw</c> are one address with two names.</summary>
    public bool IsService(string service) => HasServicePrefix && Word[2..].Equals(service, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether this is the name of a system call stub, for example <c>NtUserGetMessage</c>, but not <c>NtdllDispatchMessage</c>.</summary>
    public bool IsSystemService =>
        HasServicePrefix
        && Word.Length > 3
        && char.IsAsciiLetter(Word[2])
        && (char.IsAsciiLetterUpper(Word[2]) || char.IsAsciiLetterLower(Word[0]))
        && !StartsWith("Ntdll");

    /// <summary>Whether this is a system call into the window manager or the graphics device interface, whose names no other code bears.</summary>
    public bool IsGraphicalService =>
        HasServicePrefix
        && (Word[2..].StartsWith("User", StringComparison.OrdinalIgnoreCase) || Word[2..].StartsWith("Gdi", StringComparison.OrdinalIgnoreCase));

    private bool HasServicePrefix => StartsWith("Nt") || StartsWith("Zw");

    /// <summary>A name without a single Latin letter is no name of Windows, but it is a name.</summary>
    private static FunctionName OfOtherScript(ReadOnlySpan<char> printed)
    {
        foreach (char character in printed)
        {
            if (char.IsLetter(character))
                return new(printed, printed, 0, isScope: false);
        }

        return default;
    }

    /// <summary>Visual Studio prints <c>ntdll.dll!00007ffed62555b2()</c> where there is no symbol.</summary>
    private static bool IsAddress(ReadOnlySpan<char> printed)
    {
        ReadOnlySpan<char> digits = printed.Trim().TrimEnd("()");
        if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            digits = digits[2..];
        return digits.Length is 8 or 16 or 17 && char.IsAsciiHexDigit(digits[0]) && !digits.ContainsAnyExcept(AddressDigits);
    }

    private static bool IsWord(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';
}

using System.Globalization;

namespace KCallbacks.Detection.Names;

/// <summary>
/// The whole name of a function in any language: C++ scopes, templates, lambdas and operators, anonymous namespaces, Rust, code made at run
/// time. Only what the printer puts around a name is left out: the arguments of the call, and what compilers put around C names.
/// </summary>
internal static class WholeName
{
    private const string CallOperator = "operator";

    /// <summary>What may follow the arguments of a C++ member function.</summary>
    private static readonly string[] Qualifiers = [" const", " volatile", " noexcept", " &&", " &"];

    /// <summary>The name within a printed one.</summary>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> printed)
    {
        ReadOnlySpan<char> name = TrimInvisible(WithoutArguments(TrimInvisible(printed)));
        ReadOnlySpan<char> word = name.TrimStart("@#"); // __fastcall, ARM64EC
        int end = 0;
        while (end < word.Length && (char.IsAsciiLetterOrDigit(word[end]) || word[end] == '_'))
            end++;
        return end > 0 && (end == word.Length || IsDecoration(word[end..])) ? word[..end] : name;
    }

    /// <summary><c>@12</c>: the bytes of the arguments, and marks of damaged or FPO frames after it.</summary>
    private static bool IsDecoration(ReadOnlySpan<char> tail)
    {
        if (tail[0] != '@' || tail.Length < 2 || !char.IsAsciiDigit(tail[1]))
            return false;
        foreach (char c in tail[1..])
        {
            if (char.IsAsciiLetter(c) || c == '_')
                return false;
        }

        return true;
    }

    private static ReadOnlySpan<char> WithoutArguments(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> call = WithoutQualifiers(name);
        if (!call.EndsWith(")"))
            return name;
        int open = OpeningOf(call);
        if (open < 0)
            open = FirstArguments(call);
        ReadOnlySpan<char> head = open <= 0 ? default : call[..open].TrimEnd();
        if (head.EndsWith(CallOperator))
            return call;
        return head.IsEmpty || head.EndsWith("::") ? name : head;
    }

    private static ReadOnlySpan<char> WithoutQualifiers(ReadOnlySpan<char> name)
    {
        ReadOnlySpan<char> rest = name;
        for (int i = 0; i < Qualifiers.Length; i++)
        {
            if (!rest.EndsWith(Qualifiers[i]))
                continue;
            rest = rest[..^Qualifiers[i].Length].TrimEnd();
            i = -1;
        }

        return rest.EndsWith(")") ? rest : name;
    }

    /// <summary>Where the parenthesis is that the last one closes; -1 when there is none, because values of arguments hold some.</summary>
    private static int OpeningOf(ReadOnlySpan<char> call)
    {
        int depth = 0;
        for (int i = call.Length - 1; i >= 0; i--)
        {
            depth += call[i] switch { ')' => 1, '(' => -1, _ => 0 };
            if (depth == 0)
                return i;
        }

        return -1;
    }

    /// <summary>Where the first parentheses open that are no part of a name, as those of <c>operator()</c> and <c>f(int)::g</c> are.</summary>
    private static int FirstArguments(ReadOnlySpan<char> call)
    {
        for (int i = 0; i < call.Length; i++)
        {
            if (call[i] != '(')
                continue;
            int close = i + call[i..].IndexOf(')');
            ReadOnlySpan<char> rest = call[(close + 1)..];
            bool isName = i == 0 || call[..i].EndsWith(CallOperator) || call[..i].EndsWith("::") || rest.StartsWith("::") || rest.StartsWith("#");
            if (!isName)
                return i;
            i = close;
        }

        return -1;
    }

    /// <summary>Web pages put invisible characters around names; <c>U+FFFD</c> stands for a damaged one.</summary>
    private static ReadOnlySpan<char> TrimInvisible(ReadOnlySpan<char> printed)
    {
        while (!printed.IsEmpty && IsInvisible(printed[0]))
            printed = printed[1..];
        while (!printed.IsEmpty && IsInvisible(printed[^1]))
            printed = printed[..^1];
        return printed;
    }

    private static bool IsInvisible(char c) =>
        char.IsWhiteSpace(c) || c == '\ufffd' || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control;
}

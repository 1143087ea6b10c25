using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// Finds the end of a function name. Names are not words: templates, operators, lambdas, anonymous namespaces and the
/// compiler's own labels (<c> ?? ::FNODOBFM::`string'</c>) hold blanks, brackets and quotes.
/// </summary>
internal static class FunctionText
{
    /// <summary>A parameter list longer than that is not looked through for a scope after it.</summary>
    private const int LongestScope = 1024;

    private static ReadOnlySpan<byte> Operator => "operator"u8;

    /// <summary>Length of the name at the start of <paramref name="text"/>, without parameters and displacement; 0 when there is none.</summary>
    public static int Measure(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("-["u8) || text.StartsWith("+["u8))
            return text.IndexOf((byte)']') + 1; // a method of Objective-C

        int brackets = 0;
        bool parenthesesClose = true;
        bool quotesClose = true;
        bool squaresClose = true;
        int index = SkipCompilerLabel(text);
        for (; index < text.Length; index++)
        {
            byte letter = text[index];
            switch (letter)
            {
                case (byte)'<':
                    brackets++;
                    break;
                case (byte)'>':
                    brackets = Math.Max(0, brackets - 1);
                    break;
                // What is not closed once is not looked for again, so that every byte is looked at a few times at most.
                case (byte)'`' when quotesClose && !IsArity(text, index):
                    quotesClose = TrySkip(ref index, text[index..].IndexOf((byte)'\''));
                    break;
                case (byte)'(' when parenthesesClose && MayBePartOfName(text, index, brackets):
                    parenthesesClose = TrySkip(ref index, ClosingLength(text[index..], (byte)'(', (byte)')'));
                    if (!parenthesesClose)
                        return Finish(text, index, brackets);
                    break;
                case (byte)'[' when squaresClose && index > 0 && text[index - 1] != ' ':
                    squaresClose = TrySkip(ref index, ClosingLength(text[index..], (byte)'[', (byte)']'));
                    break;
                case (byte)'{' when squaresClose && index > 0 && text[index - 1] is not ((byte)' ' or (byte)'\t'):
                    squaresClose = TrySkip(ref index, ClosingLength(text[index..], (byte)'{', (byte)'}'));
                    if (!squaresClose)
                        return Finish(text, index, brackets);
                    break;
                case (byte)'(' or (byte)'\t' or (byte)';' or (byte)'"' or (byte)'{' or (byte)'}':
                    return Finish(text, index, brackets);
                case (byte)',' or (byte)')' or (byte)'=' when brackets == 0:
                    return index;
                case (byte)'+' or (byte)'-' when brackets == 0 && StartsDisplacement(text[index..]):
                    return index;
                case (byte)':' when brackets == 0 && !IsScope(text, index):
                    return index;
                case (byte)' ' when !ContinuesAfterBlank(text, index, brackets):
                    return Finish(text, index, brackets);
                case (byte)'o' when text[index..].StartsWith(Operator):
                    index += Operator.Length - 1 + SkipOperatorSign(text[(index + Operator.Length)..]);
                    break;
            }
        }

        return Finish(text, text.Length, brackets);
    }

    /// <summary>
    /// A bracket that is never closed belongs to an odd name (a cut one, <c>operator&lt;</c>); the name then ends where a plain one would.
    /// </summary>
    private static int Finish(ReadOnlySpan<byte> text, int end, int openBrackets)
    {
        if (openBrackets == 0)
            return end;
        int displacement = text[..end].LastIndexOf("+0x"u8);
        return displacement > 0 ? displacement : end;
    }

    /// <summary><c>ntdll! ?? ::FNODOBFM::`string'+0x22b94</c> begins with blanks and question marks.</summary>
    private static int SkipCompilerLabel(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> label = " ?? "u8;
        return text.StartsWith(label) ? label.Length : 0;
    }

    private static bool TrySkip(ref int index, int length)
    {
        index += Math.Max(0, length);
        return length > 0;
    }

    /// <summary>
    /// Parentheses inside template arguments are part of the name, and those before a further scope (<c>f(int)::'lambda'::operator()</c>,
    /// <c>(anonymous namespace)::f</c>) or after a dot (<c>main.(*T).f</c>); a parameter list is not.
    /// </summary>
    private static bool MayBePartOfName(ReadOnlySpan<byte> text, int index, int brackets)
    {
        ReadOnlySpan<byte> rest = text[index..];
        if (brackets > 0 || (rest.StartsWith("()"u8) && text[..index].EndsWith(Operator)))
            return true;
        bool isReceiver = rest.StartsWith("(*"u8) && index > 0 && text[index - 1] == '.';
        int length = ClosingLength(rest[..Math.Min(rest.Length, LongestScope)], (byte)'(', (byte)')');
        return isReceiver || (length > 0 && rest[(length + 1)..].StartsWith("::"u8));
    }

    /// <summary>Length from an opening sign to the one that closes it; 0 when none does.</summary>
    private static int ClosingLength(ReadOnlySpan<byte> text, byte open, byte close)
    {
        int depth = 0;
        for (int index = 0; index < text.Length; index++)
        {
            if (text[index] == open)
                depth++;
            else if (text[index] == close && --depth == 0)
                return index;
        }

        return 0;
    }

    /// <summary><c>List`1[[System.Int32]]</c>: how many parameters a generic type of .NET has.</summary>
    private static bool IsArity(ReadOnlySpan<byte> text, int index) =>
        index > 0 && index + 1 < text.Length && Letters.IsDigit(text[index + 1]) && (Letters.IsLetter(text[index - 1]) || Letters.IsDigit(text[index - 1]));

    /// <summary>Whether a colon is one of <c>::</c>; a single one ends the line that debuggers print above code.</summary>
    private static bool IsScope(ReadOnlySpan<byte> text, int index) =>
        (index + 1 < text.Length && text[index + 1] == ':') || (index > 0 && text[index - 1] == ':');

    private static bool StartsDisplacement(ReadOnlySpan<byte> text)
    {
        var cursor = new LineCursor(text);
        return Displacement.Read(ref cursor) is not null;
    }

    private static bool ContinuesAfterBlank(ReadOnlySpan<byte> text, int blank, int brackets)
    {
        if (brackets > 0)
            return true;
        return text[..blank].EndsWith(Operator)
            && blank + 1 < text.Length
            && Letters.IsLetter(text[blank + 1]);
    }

    /// <summary>Signs after the word <c>operator</c>, which are neither brackets nor a displacement.</summary>
    private static int SkipOperatorSign(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("()"u8) || text.StartsWith("\"\""u8))
            return 2;

        int length = 0;
        while (length < text.Length && length < 3 && "<>=!+-*/%^&|~,[]"u8.Contains(text[length])
            && !(length > 0 && StartsDisplacement(text[length..])))
        {
            length++;
        }

        return length == 1 && StartsDisplacement(text) && text[0] is (byte)'+' or (byte)'-' && !StartsDisplacement(text[1..]) ? 0 : length;
    }
}

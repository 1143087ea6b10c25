using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// Finds the end of a function name. Names are not words: templates, operators, lambdas, anonymous namespaces and the
/// compiler's own labels (<c> ?? ::FNODOBFM::`string'</c>) hold blanks, brackets and quotes.
/// </summary>
internal static class FunctionText
{
    private static ReadOnlySpan<byte> Operator => "operator"u8;

    /// <summary>Length of the name at the start of <paramref name="text"/>, without parameters and displacement; 0 when there is none.</summary>
    public static int Measure(ReadOnlySpan<byte> text)
    {
        int brackets = 0;
        bool parenthesesClose = true;
        bool quotesClose = true;
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
                case (byte)'`' when quotesClose:
                    quotesClose = TrySkip(ref index, text[index..].IndexOf((byte)'\''));
                    break;
                case (byte)'(' when parenthesesClose && MayBePartOfName(text, index, brackets):
                    parenthesesClose = TrySkip(ref index, ClosingParenthesis(text[index..]));
                    if (!parenthesesClose)
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

    /// <summary>Parentheses inside template arguments are part of the name; a parameter list is not.</summary>
    private static bool MayBePartOfName(ReadOnlySpan<byte> text, int index, int brackets) =>
        brackets > 0 || (text[index..].StartsWith("()"u8) && text[..index].EndsWith(Operator));

    private static int ClosingParenthesis(ReadOnlySpan<byte> text)
    {
        int depth = 0;
        for (int index = 0; index < text.Length; index++)
        {
            if (text[index] == '(')
                depth++;
            else if (text[index] == ')' && --depth == 0)
                return index;
        }

        return 0;
    }

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

    /// <summary>Signs behind the word <c>operator</c>, which are neither brackets nor a displacement.</summary>
    private static int SkipOperatorSign(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith("()"u8))
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

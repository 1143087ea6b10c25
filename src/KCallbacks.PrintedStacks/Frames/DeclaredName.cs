namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// Takes the function's name from a whole declaration, as symbol servers give it: <c>static long nsWindow::WindowProc(HWND__*, int)</c>,
/// <c>XREMain::XRE_mainRun() (in xul.pdb)</c>.
/// </summary>
internal static class DeclaredName
{
    private static ReadOnlySpan<byte> Operator => "operator"u8;

    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> declaration)
    {
        ReadOnlySpan<byte> head = declaration[..StartOfParameters(declaration)].Trim(" \t"u8);
        int place = head.IndexOf(Operator);
        int start = LastBlank(place < 0 ? head : head[..place]) + 1;
        ReadOnlySpan<byte> name = head[start..].TrimStart("*&"u8);
        return NoName.Is(name) ? default : name;
    }

    /// <summary>Index of the parenthesis of the parameters, not of one in a template's arguments, a quoted scope or <c>operator()</c>.</summary>
    private static int StartOfParameters(ReadOnlySpan<byte> text)
    {
        int brackets = 0;
        for (int index = 0; index < text.Length; index++)
        {
            switch (text[index])
            {
                case (byte)'<':
                    brackets++;
                    break;
                case (byte)'>':
                    brackets = Math.Max(0, brackets - 1);
                    break;
                case (byte)'`':
                    index += Math.Max(0, text[index..].IndexOf((byte)'\''));
                    break;
                case (byte)'(' when brackets == 0 && index > 0 && !IsPartOfName(text, index):
                    return index;
            }
        }

        return text.Length;
    }

    private static bool IsPartOfName(ReadOnlySpan<byte> text, int index) =>
        (text[..index].EndsWith(Operator) && text[index..].StartsWith("()"u8)) || text[index..].StartsWith("(anonymous "u8);

    /// <summary>Index of the last blank that parts words, not of one in a template's arguments or a quoted scope; -1 when there is none.</summary>
    private static int LastBlank(ReadOnlySpan<byte> head)
    {
        int brackets = 0;
        int last = -1;
        for (int index = 0; index < head.Length; index++)
        {
            switch (head[index])
            {
                case (byte)'<' or (byte)'(' or (byte)'{':
                    brackets++;
                    break;
                case (byte)'>' or (byte)')' or (byte)'}':
                    brackets = Math.Max(0, brackets - 1);
                    break;
                case (byte)'`':
                    index += Math.Max(0, head[index..].IndexOf((byte)'\''));
                    break;
                case (byte)' ' when brackets == 0:
                    last = index;
                    break;
            }
        }

        return last;
    }
}

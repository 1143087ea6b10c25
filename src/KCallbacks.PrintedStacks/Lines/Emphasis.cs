namespace KCallbacks.PrintedStacks.Lines;

/// <summary>Marks that markdown puts around a whole line: <c>**line**</c>, <c>`line`</c>.</summary>
internal static class Emphasis
{
    public static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line.TrimStart(" \t"u8);
        if (TryUnwrap(text, "**"u8, out ReadOnlySpan<byte> inner) || TryUnwrap(text, "``"u8, out inner)
            || TryUnwrap(text, "`"u8, out inner))
            return inner;
        return line;
    }

    private static bool TryUnwrap(ReadOnlySpan<byte> text, ReadOnlySpan<byte> mark, out ReadOnlySpan<byte> inner)
    {
        bool isWrapped = text.Length > 2 * mark.Length && text.StartsWith(mark) && text.EndsWith(mark) && text[mark.Length] != mark[0];
        inner = isWrapped ? text[mark.Length..^mark.Length] : default;
        return isWrapped;
    }
}

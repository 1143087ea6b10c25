namespace KCallbacks.PrintedStacks.Lines;

/// <summary>The marks of comments and list items before a line: <c>// </c>, <c>; </c>, <c>* </c>, <c>- </c>.</summary>
internal static class ListMark
{
    public static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line.TrimStart(" \t"u8);
        int length = text switch
        {
            [(byte)'/', (byte)'/', (byte)'/', (byte)' ' or (byte)'\t', ..] => 4,
            [(byte)'/', (byte)'/', (byte)' ' or (byte)'\t', ..] => 3,
            [(byte)'*' or (byte)'-' or (byte)';', (byte)' ', ..] => 2,
            _ => 0,
        };
        return length == 0 ? line : text[length..];
    }
}

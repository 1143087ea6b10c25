namespace KCallbacks.PrintedStacks.Lines;

/// <summary>The marks of comments and list items before a line: <c>// </c>, <c>; </c>, <c>* </c>, <c>- </c>.</summary>
internal static class ListMark
{
    public static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line.TrimStart(" \t"u8);
        int length = text switch
        {
            [(byte)'/', (byte)'/', (byte)'/', ..] => 3,
            [(byte)'/', (byte)'/', ..] => 2,
            [(byte)'*' or (byte)'-' or (byte)';', ..] => 1,
            _ => 0,
        };
        if (length == 0)
            return line;
        ReadOnlySpan<byte> rest = text[length..];
        if (rest.IsEmpty)
            return rest;
        bool isParted = rest[0] == ' ' || (rest[0] == '\t' && length > 1);
        return isParted ? rest[1..] : line;
    }
}

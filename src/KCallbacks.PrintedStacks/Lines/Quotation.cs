namespace KCallbacks.PrintedStacks.Lines;

/// <summary>The marks that mail and issues put before every line they quote: <c>&gt; </c>, <c>&gt;&gt; </c>, <c>&gt; &gt; </c>.</summary>
internal static class Quotation
{
    /// <summary>The line without its marks. The <c>&gt;</c> that Visual Studio puts before the current frame is followed by a tab and stays.</summary>
    public static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> line)
    {
        while (true)
        {
            if (line.StartsWith("> "u8))
                line = line[2..];
            else if (line.StartsWith(">>"u8) || line.SequenceEqual(">"u8))
                line = line[1..];
            else
                return line;
        }
    }
}

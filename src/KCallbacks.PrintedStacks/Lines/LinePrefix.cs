namespace KCallbacks.PrintedStacks.Lines;

/// <summary>What mail, source code, lists and logs put before every line of a text they carry, in any order and number.</summary>
internal static class LinePrefix
{
    public static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> line)
    {
        while (true)
        {
            ReadOnlySpan<byte> rest = Emphasis.Strip(ListMark.Strip(LogPrefix.Strip(Quotation.Strip(line))));
            if (rest.Length == line.Length)
                return line;
            line = rest;
        }
    }
}

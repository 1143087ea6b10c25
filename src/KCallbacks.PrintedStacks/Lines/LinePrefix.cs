namespace KCallbacks.PrintedStacks.Lines;

/// <summary>What mail, source code, lists, editors and logs put before every line of a text they carry, in any order and number.</summary>
internal sealed class LinePrefix
{
    private readonly LogPrefix _log = new();
    private readonly LineNumbers _numbers = new();

    public ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> line) => StripMarks(_numbers.Strip(StripMarks(line)));

    private ReadOnlySpan<byte> StripMarks(ReadOnlySpan<byte> line)
    {
        while (true)
        {
            ReadOnlySpan<byte> rest = Emphasis.Strip(ListMark.Strip(_log.Strip(Quotation.Strip(line))));
            if (rest.Length == line.Length)
                return line;
            line = rest;
        }
    }
}

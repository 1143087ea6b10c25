using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// Output in which functions are named but that is no stack: the calls that <c>wt</c> traces and the tables below them, tables of locks and
/// of waiting threads.
/// </summary>
internal sealed class OtherOutput
{
    private bool _inTable;

    /// <summary>Whether the line belongs to such output.</summary>
    public bool TryRead(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> line = text.TrimStart(" \t#/;*"u8);
        if (line.IsEmpty)
        {
            _inTable = false;
            return false;
        }

        if (IsHead(line))
            return _inTable = true;
        return _inTable || IsTracedCall(line);
    }

    /// <summary>Nothing of what was printed before goes on.</summary>
    public void End() => _inTable = false;

    private static bool IsHead(ReadOnlySpan<byte> line) =>
        (line.StartsWith("Tracing "u8) && line.IndexOf(" to return address "u8) > 0)
        || (line.StartsWith("Function Name "u8) && line.IndexOf("Invocations"u8) > 0)
        || (line.StartsWith("Calls "u8) && line.EndsWith("System Call"u8))
        || line.StartsWith("ClrThread  DbgThread"u8);

    /// <summary><c>   31    36 [  1]   user32!GetMessageW</c>: instructions in the function and below it, the level, the function.</summary>
    private static bool IsTracedCall(ReadOnlySpan<byte> text)
    {
        var line = new LineCursor(text);
        if (!TrySkipNumber(ref line) || !TrySkipNumber(ref line) || !line.TryTake((byte)'['))
            return text.StartsWith("call at "u8);
        return TrySkipNumber(ref line) && line.TryTake((byte)']');
    }

    private static bool TrySkipNumber(ref LineCursor line)
    {
        line.SkipBlanks();
        int start = line.Position;
        while (Letters.IsDigit(line.Next))
            line.Position++;
        bool any = line.Position > start;
        line.SkipBlanks();
        return any;
    }
}

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// What the symbol handler says of itself while a stack is printed (<c>!sym noisy</c>): <c>SYMSRV:  BYINDEX: 0x8E</c>,
/// <c>DBGHELP: KERNEL32 - public symbols</c> and the indented lines that follow.
/// </summary>
internal sealed class SymbolNoise
{
    /// <summary>Indented so far, a line goes on with the message before it.</summary>
    private const int Indent = 4;

    private bool _goesOn;

    /// <summary>Whether the line is noise.</summary>
    /// <param name="line">The line.</param>
    /// <param name="mayBeFrame">Whether it reads as a frame with addresses, which noise never has.</param>
    public bool Is(ReadOnlySpan<byte> line, bool mayBeFrame)
    {
        if (Begins(line))
            return _goesOn = true;
        _goesOn = _goesOn && !mayBeFrame && IsIndented(line);
        return _goesOn;
    }

    private static bool Begins(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> line = text.TrimStart(" \t"u8);
        return line.StartsWith("SYMSRV:"u8)
            || line.StartsWith("DBGHELP:"u8)
            || line.StartsWith("DBGENG:"u8)
            || (line.IndexOf(".pdb from "u8) > 0 && line.IndexOf(" bytes - "u8) > 0);
    }

    private static bool IsIndented(ReadOnlySpan<byte> line) => line.Length > Indent && line[..Indent].IndexOfAnyExcept(" \t"u8) < 0;
}

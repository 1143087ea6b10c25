using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>Lines of addresses that name nothing.</summary>
internal static class StackWord
{
    /// <summary><c>0012fce0  00000000</c>: a word of the stack for which a scan found no code.</summary>
    public static bool IsNameless(ReadOnlySpan<byte> text)
    {
        var line = new LineCursor(text);
        line.SkipBlanks();
        if (FrameNumber.Read(ref line) is not null)
            return false; // the half of a row that goes on in the next line
        AddressColumns columns = AddressColumns.Read(ref line);
        return (columns.Count == 2 && line.AtEnd) || (columns.Count >= 2 && columns.IsScan);
    }

    /// <summary>Whether the line begins as only frames and dumps of memory do.</summary>
    public static bool HasAddresses(ReadOnlySpan<byte> text)
    {
        var line = new LineCursor(text);
        LineMarks.Skip(ref line);
        _ = FrameNumber.Read(ref line);
        return AddressColumns.Read(ref line).Any;
    }

    /// <summary>Whether addresses and a <c>module!function</c> stand on the line although it could not be read.</summary>
    public static bool LooksLikeFrame(ReadOnlySpan<byte> text)
    {
        var line = new LineCursor(text);
        return AddressColumns.Read(ref line).Count >= 2 && line.Rest.Contains((byte)'!');
    }
}

using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// A row of a table: frame number, module and function in cells of their own, parted by tabs or quoted by commas:
/// <c>9  ntdll.dll  KiUserCallbackDispatcher + 0x24  0x7ffa8b950bf4  C:\...\ntdll.dll</c> (Process Monitor),
/// <c>7  ntdll.dll  KiUserCallbackDispatcherContinue    cfi</c> (crash statistics of Mozilla).
/// </summary>
internal static class TableFrame
{
    public static bool TryRead(ReadOnlySpan<byte> text, ref FrameText frame)
    {
        var cells = new LineCursor(text.TrimStart(" \t\""u8));
        return TryReadNumber(TakeCell(ref cells), ref frame)
            && TryReadModule(TakeCell(ref cells), ref frame)
            && TryReadFunction(TakeCell(ref cells), ref frame);
    }

    private static ReadOnlySpan<byte> TakeCell(scoped ref LineCursor cells)
    {
        ReadOnlySpan<byte> rest = cells.Rest;
        int tab = rest.IndexOf((byte)'\t');
        int comma = rest.IndexOf("\",\""u8);
        bool quoted = comma >= 0 && (tab < 0 || comma < tab);
        int length = quoted ? comma : tab >= 0 ? tab : rest.Length;
        cells.Position += Math.Min(rest.Length, length + (quoted ? 3 : 1));
        return rest[..length].Trim(" "u8);
    }

    /// <summary>Process Monitor may put <c>K</c> or <c>U</c>, for the mode, before the number.</summary>
    private static bool TryReadNumber(ReadOnlySpan<byte> cell, ref FrameText frame)
    {
        const int MostDigits = 4;
        var number = new LineCursor(cell);
        _ = number.TryTake("K "u8) || number.TryTake("U "u8);
        if (!Letters.IsDigit(number.Next) || !number.TryTakeHex(out HexNumber value) || value.Digits > MostDigits || !number.AtEnd)
            return false;
        frame.Number = (int)value.Value;
        return true;
    }

    private static bool TryReadModule(ReadOnlySpan<byte> cell, ref FrameText frame)
    {
        frame.Module = cell;
        return CallSite.EndsAsFileName(cell);
    }

    private static bool TryReadFunction(ReadOnlySpan<byte> cell, ref FrameText frame)
    {
        var line = new LineCursor(cell);
        int length = FunctionText.Measure(cell);
        line.Position = length;
        frame.Displacement = Displacement.Read(ref line);
        if (!cell[..length].TrimEnd((byte)' ').SequenceEqual(frame.Module))
            frame.Function = cell[..length].TrimEnd((byte)' ');
        return length > 0;
    }
}

using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// A row of a table that has the frame in one cell, or module and function in cells of their own:
/// <c>9  ntdll.dll  KiUserCallbackDispatcher + 0x24  0x7ffa8b950bf4  C:\...\ntdll.dll</c> (Process Monitor),
/// <c>7  ntdll.dll  KiUserCallbackDispatcherContinue    cfi</c> (crash statistics of Mozilla),
/// <c>0|4|ntdll.dll|KiUserCallbackDispatcher|||0x24</c> (Breakpad), <c>Stack, 1234567, 4664, 5, 0x7ff8b2a50ba4, ntdll.dll!Foo</c> (xperf),
/// <c>app.exe (4660),4664,ntdll.dll!Foo,12</c> (Windows Performance Analyzer).
/// </summary>
internal static class TableFrame
{
    private const int MostDigitsOfNumber = 4;
    private const int FewestDigitsOfAddress = 8;

    public static bool TryRead(ReadOnlySpan<byte> text, ref FrameText frame)
    {
        // The list of threads in Visual Studio has the place of each in a cell.
        ReadOnlySpan<byte> row = text.TrimStart(" \t"u8);
        if (row.StartsWith("Flagged"u8) || row.StartsWith("Not Flagged"u8) || !TableCells.TryOpen(row, out TableCells cells))
            return false;

        int? number = null;
        bool isBesideNumber = false;
        bool isCounted = false;
        while (cells.MoveNext())
        {
            ReadOnlySpan<byte> cell = cells.Current;
            if (TryReadNumber(cell, out int value))
            {
                (number, isBesideNumber, isCounted) = (value, true, true);
            }
            else if (TryReadAddress(cell, ref frame))
            {
                // In a row of addresses the number stands right before the one of the frame.
                frame.Number = isBesideNumber ? number : frame.Number;
                (isBesideNumber, isCounted) = (false, true);
            }
            else if (isCounted && TryReadCallSite(cell, ref frame))
            {
                return true;
            }
            else if (isCounted && ModuleText.EndsAsFileName(ModuleText.FileName(cell)))
            {
                frame.Module = ModuleText.FileName(cell);
                frame.Number = isBesideNumber ? number : null;
                return TryReadFunction(ref cells, ref frame);
            }
        }

        return false;
    }

    /// <summary>Process Monitor may put <c>K</c> or <c>U</c>, for the mode, before the number.</summary>
    private static bool TryReadNumber(ReadOnlySpan<byte> cell, out int number)
    {
        var line = new LineCursor(cell);
        _ = line.TryTake("K "u8) || line.TryTake("U "u8);
        bool isDigit = Letters.IsDigit(line.Next);
        bool isNumber = line.TryTakeHex(out HexNumber value) && isDigit && !value.IsPrefixed && value.Digits <= MostDigitsOfNumber && line.AtEnd;
        number = isNumber ? (int)value.Value : 0;
        return isNumber;
    }

    private static bool TryReadAddress(ReadOnlySpan<byte> cell, ref FrameText frame)
    {
        var line = new LineCursor(cell);
        if (!line.TryTakeHex(out HexNumber address) || address.Digits < FewestDigitsOfAddress || !line.AtEnd)
            return false;
        frame.StandAt(address);
        return true;
    }

    private static bool TryReadCallSite(ReadOnlySpan<byte> cell, ref FrameText frame)
    {
        if (!cell.Contains((byte)'!'))
            return false;
        var line = new LineCursor(cell);
        if (CallSite.TryRead(ref line, ref frame) && !frame.Module.IsEmpty && line.AtEnd)
            return true;
        frame.Module = frame.Function = default;
        return false;
    }

    /// <summary>The function is in the next cell that is not the module's own name; a short number after it is the displacement.</summary>
    private static bool TryReadFunction(scoped ref TableCells cells, ref FrameText frame)
    {
        bool any = false;
        while (cells.MoveNext())
        {
            ReadOnlySpan<byte> cell = cells.Current;
            if (any)
                _ = frame.Displacement is not null || TryReadDisplacement(cell, ref frame);
            else if (!cell.IsEmpty && !IsHex(cell) && !IsModuleAgain(cell, frame.Module))
                any = TryReadName(cell, ref frame);
        }

        return any;
    }

    private static bool TryReadName(ReadOnlySpan<byte> cell, ref FrameText frame)
    {
        var line = new LineCursor(cell) { Position = FunctionText.Measure(cell) };
        ReadOnlySpan<byte> name = cell[..line.Position].TrimEnd((byte)' ');
        frame.Displacement = Displacement.Read(ref line);
        bool isModule = name.SequenceEqual(frame.Module);
        if (!isModule)
            frame.Function = frame.Displacement is null ? DeclaredName.Of(cell) : name;
        return isModule || !frame.Function.IsEmpty;
    }

    private static bool TryReadDisplacement(ReadOnlySpan<byte> cell, ref FrameText frame)
    {
        var line = new LineCursor(cell);
        bool isNumber = line.TryTakeHex(out HexNumber value) && value.IsPrefixed && value.Digits < FewestDigitsOfAddress && line.AtEnd;
        if (isNumber)
            frame.Displacement = value.Value;
        return isNumber;
    }

    private static bool IsHex(ReadOnlySpan<byte> cell) => cell.IndexOfAnyExcept(Letters.HexDigits) < 0;

    /// <summary>Some tables have the module's name without its extension in a cell of its own.</summary>
    private static bool IsModuleAgain(ReadOnlySpan<byte> cell, ReadOnlySpan<byte> module) =>
        module.Length > cell.Length && module[cell.Length] == '.' && System.Text.Ascii.EqualsIgnoreCase(cell, module[..cell.Length]);
}

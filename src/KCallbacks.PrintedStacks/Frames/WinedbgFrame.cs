using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// The line of winedbg's <c>bt</c>, in which the module comes last:
/// <c>  1 0x006fff11110020 call_window_proc+0x59(hwnd=&lt;...&gt;) [/src/winproc.c:86] in user32 (0x0000000000004e)</c>,
/// <c>=&gt;0 0x0000014000163c in gui3 (+0x163c) (0x0000000001dcfb20)</c>.
/// </summary>
internal static class WinedbgFrame
{
    private static ReadOnlySpan<byte> In => " in "u8;

    public static bool TryRead(ReadOnlySpan<byte> text, ref FrameText frame)
    {
        var line = new LineCursor(text);
        LineMarks.Skip(ref line);
        frame.Number = FrameNumber.Read(ref line);
        line.SkipBlanks();
        if (frame.Number is null || !line.TryTakeHex(out HexNumber address) || !address.IsPrefixed)
            return false;

        int place = line.Rest.LastIndexOf(In);
        if (place < 0)
            return false;
        var module = new LineCursor(line.Rest[(place + In.Length)..]);
        frame.Module = module.TakeWord();
        bool hasOffset = module.TryTake(" (+"u8);
        if (frame.Module.IsEmpty || frame.Module.ContainsAny("!()<>"u8) || !(hasOffset || module.Rest.StartsWith(" (0x"u8)))
            return false;

        frame.StandAt(address);
        if (hasOffset && module.TryTakeHex(out HexNumber offset))
            frame.Displacement = offset.Value;
        ReadName(line.Rest[..place].Trim((byte)' '), ref frame);
        return true;
    }

    private static void ReadName(ReadOnlySpan<byte> text, ref FrameText frame)
    {
        if (text.IsEmpty)
            return;
        var line = new LineCursor(text);
        int length = FunctionText.Measure(text);
        frame.Function = text[..length];
        line.Position = length;
        frame.Displacement = Displacement.Read(ref line);
    }
}

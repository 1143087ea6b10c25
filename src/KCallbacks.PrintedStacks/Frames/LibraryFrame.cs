using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// The lines of libraries with which programs print their own stack: Boost (<c> 6# KiUserCallbackDispatcher in C:\...\ntdll.dll</c>),
/// the C++ library (<c>6&gt; C:\a.cpp(12): app!main+0x1E</c>), Abseil and glog (<c>    @   00007FF811110050  36  KiUserCallbackDispatcher</c>),
/// backward-cpp (<c>#6    Object "C:\...\ntdll.dll", at 7ffc14e51374, in KiUserCallbackDispatcher</c>).
/// </summary>
internal static class LibraryFrame
{
    private const int FewestDigits = 8;

    public static bool TryRead(ReadOnlySpan<byte> text, ref FrameText frame)
    {
        var line = new LineCursor(text);
        line.SkipBlanks();
        if (line.Next == '@')
            return TryReadAbseil(ref line, ref frame);
        if (line.Next == '#')
            return TryReadBackward(ref line, ref frame);
        if (!Letters.IsDigit(line.Next) || !line.TryTakeHex(out HexNumber number) || number.Digits > 4)
            return false;
        frame.Number = (int)number.Value;
        if (line.TryTake("# "u8))
            return TryReadBoost(line.Rest, ref frame);
        return line.TryTake("> "u8) && TryReadStandard(line.Rest, ref frame);
    }

    private static bool TryReadAbseil(ref LineCursor line, ref FrameText frame)
    {
        line.Position++;
        line.SkipBlanks();
        if (!line.TryTakeHex(out HexNumber address) || address.Digits < FewestDigits || !line.AtGap)
            return false;

        frame.StandAt(address);
        line.SkipBlanks();
        SkipSize(ref line);
        int length = NoName.Is(line.Rest) ? 0 : FunctionText.Measure(line.Rest);
        frame.Function = line.Rest[..length];
        return true;
    }

    /// <summary>Abseil prints the size of the frame before the name.</summary>
    private static void SkipSize(ref LineCursor line)
    {
        var ahead = line;
        while (Letters.IsDigit(ahead.Next))
            ahead.Position++;
        if (ahead.Position == line.Position || !ahead.AtGap)
            return;
        ahead.SkipBlanks();
        line = ahead;
    }

    private static bool TryReadBackward(ref LineCursor line, ref FrameText frame)
    {
        frame.Number = FrameNumber.Read(ref line);
        line.SkipBlanks();
        if (!line.TryTake("Object \""u8))
            return false;

        int end = line.Rest.IndexOf("\", at "u8);
        if (end < 0)
            return false;
        frame.Module = ModuleText.FileName(line.Rest[..end]);
        line.Position += end + 6;
        if (!line.TryTakeHex(out HexNumber address))
            return false;
        frame.StandAt(address);
        if (line.TryTake(", in "u8) && !NoName.Is(line.Rest))
            frame.Function = line.Rest[..FunctionText.Measure(line.Rest)];
        return true;
    }

    private static bool TryReadBoost(ReadOnlySpan<byte> text, ref FrameText frame)
    {
        var line = new LineCursor(text);
        bool hasAddress = line.TryTakeHex(out HexNumber address) && address.IsPrefixed && line.AtGap;
        if (hasAddress)
        {
            frame.StandAt(address);
        }
        else
        {
            line.Position = FunctionText.Measure(text);
            frame.Function = text[..line.Position].TrimEnd((byte)' ');
            if (!ParameterList.Skip(ref line))
                return false;
        }

        int place = line.Rest.LastIndexOf(" in "u8);
        if (place >= 0)
            frame.Module = ModuleText.FileName(line.Rest[(place + 4)..]);
        return hasAddress || !frame.Function.IsEmpty;
    }

    private static bool TryReadStandard(ReadOnlySpan<byte> text, ref FrameText frame)
    {
        int source = text.IndexOf("): "u8);
        var line = new LineCursor(source > 0 ? text[(source + 3)..] : text);
        return line.Rest.Contains((byte)'!') && CallSite.TryRead(ref line, ref frame) && !frame.Module.IsEmpty;
    }
}

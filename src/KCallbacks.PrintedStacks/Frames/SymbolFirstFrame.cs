using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>The line of Chromium's logs: <c>KiUserCallbackDispatcher [0x00007FFC14E51374+36] (file:12)</c>, with a decimal displacement.</summary>
internal static class SymbolFirstFrame
{
    public static bool TryRead(ReadOnlySpan<byte> text, ref FrameText frame)
    {
        int bracket = text.IndexOf(" [0x"u8);
        if (bracket <= 0)
            return false;

        var line = new LineCursor(text) { Position = bracket + 2 };
        if (!line.TryTakeHex(out HexNumber address) || address.Digits < 8)
            return false;
        frame.Displacement = DecimalDisplacement.Read(ref line);
        if (!line.TryTake((byte)']'))
            return false;

        frame.StandAt(address);
        frame.Function = text[..bracket].Trim(" \t"u8);
        return FunctionText.Measure(frame.Function) == frame.Function.Length;
    }
}

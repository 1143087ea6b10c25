using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// The line of the StackWalker library that crash reporters embed:
/// <c>00007FFDAFA690B4 (ntdll 00007FFDAF9C0000): (filename not available) (0): KiUserCallbackDispatcher</c> or, in older ones,
/// <c>7C90E473 (ntdll): (filename not available): KiUserCallbackDispatcher</c>.
/// </summary>
internal static class StackWalkerFrame
{
    public static bool TryRead(ReadOnlySpan<byte> text, ref FrameText frame)
    {
        var line = new LineCursor(text);
        LineMarks.Skip(ref line);
        if (!line.TryTakeHex(out HexNumber address) || address.Digits < 8 || !line.TryTake(" ("u8))
            return false;

        int moduleEnd = line.Rest.IndexOfAny((byte)' ', (byte)')');
        int function = line.Rest.LastIndexOf(": "u8);
        if (moduleEnd <= 0 || function < moduleEnd)
            return false;

        frame.Module = line.Rest[..moduleEnd];
        frame.StandAt(address);
        ReadOnlySpan<byte> name = line.Rest[(function + 2)..];
        if (!name.StartsWith("("u8))
            frame.Function = name[..FunctionText.Measure(name)];
        return true;
    }
}

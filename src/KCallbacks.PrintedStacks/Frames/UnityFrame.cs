using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// The line of Unity's crash logs: <c>0x00007FF811110060 (win32u) NtUserPeekMessage</c>, <c>0x00007FF7 (Unity) [C:\x.cpp:10] Foo::Bar</c>,
/// <c>0x0000024A (Mono JIT Code) [X.cs:3] Class:Method (int)</c>, <c>0x0000000141FA5C0A (Unity) (function-name not available)</c>.
/// </summary>
internal static class UnityFrame
{
    public static bool TryRead(ReadOnlySpan<byte> text, ref FrameText frame)
    {
        var line = new LineCursor(text);
        LineMarks.Skip(ref line);
        if (!line.TryTakeHex(out HexNumber address) || !address.IsPrefixed || address.Digits < 8 || !line.TryTake(" ("u8))
            return false;

        int end = line.Rest.IndexOf((byte)')');
        if (end < 1)
            return false;
        ReadOnlySpan<byte> module = line.Rest[..end];
        line.Position += end + 1;
        _ = line.TryTake((byte)')'); // ((module-name not available))

        bool isManaged = module.StartsWith("Mono JIT"u8);
        if (!isManaged && !module.StartsWith("("u8))
        {
            if (module.ContainsAny(" !"u8))
                return false;
            frame.Module = module;
        }

        frame.StandAt(address);
        SkipSource(ref line);
        if (line.AtEnd || !line.TryTake((byte)' '))
            return line.AtEnd;
        ReadName(line.Rest, isManaged, ref frame);
        return true;
    }

    private static void SkipSource(ref LineCursor line)
    {
        int end = line.Rest.StartsWith(" ["u8) ? line.Rest.IndexOf("] "u8) : -1;
        if (end > 0)
            line.Position += end + 1;
    }

    private static void ReadName(ReadOnlySpan<byte> text, bool isManaged, ref FrameText frame)
    {
        if (NoName.Is(text))
            return;
        int parameters = isManaged ? text.LastIndexOf(" ("u8) : FunctionText.Measure(text);
        frame.Function = parameters > 0 ? text[..parameters] : text;
    }
}

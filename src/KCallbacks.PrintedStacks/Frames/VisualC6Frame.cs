using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// The line of Visual C++ 6 for code without source: <c>NTDLL! KiUserCallbackDispatcher@12 + 19 bytes</c>, with a decimal displacement,
/// or <c>USER32! DispatchClientMessage@20 address 0x77e163cc</c>.
/// </summary>
internal static class VisualC6Frame
{
    public static bool TryRead(ReadOnlySpan<byte> text, ref FrameText frame)
    {
        var line = new LineCursor(text);
        LineMarks.Skip(ref line);
        int bang = line.Rest.IndexOf("! "u8);
        if (bang <= 0 || line.Rest[..bang].ContainsAny(" \t("u8))
            return false;

        frame.Module = line.Rest[..bang];
        line.Position += bang + 2;
        int length = FunctionText.Measure(line.Rest);
        frame.Function = line.Rest[..length];
        line.Position += length;
        frame.Displacement = DecimalDisplacement.Read(ref line);
        return length > 0 && (frame.Displacement is null ? TryTakeAddress(ref line, ref frame) : line.TryTake(" bytes"u8));
    }

    private static bool TryTakeAddress(ref LineCursor line, ref FrameText frame)
    {
        if (!line.TryTake(" address "u8) || !line.TryTakeHex(out HexNumber address))
            return false;
        frame.StandAt(address);
        return true;
    }
}

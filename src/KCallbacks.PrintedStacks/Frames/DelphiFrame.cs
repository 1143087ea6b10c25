using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// The lines of the crash reporters of Delphi programs: <c>77d44c1d +04d ntdll.dll            KiUserCallbackDispatcher</c> (madExcept) and
/// <c>[77D44C1D]{ntdll.dll   } KiUserCallbackDispatcher + $4D</c> (JclDebug).
/// </summary>
internal static class DelphiFrame
{
    private static ReadOnlySpan<byte> NearestExport => "Unknown function at "u8;

    public static bool TryRead(ReadOnlySpan<byte> text, ref FrameText frame)
    {
        var line = new LineCursor(text);
        line.SkipBlanks();
        bool bracketed = line.TryTake((byte)'[');
        if (!line.TryTakeHex(out HexNumber address) || address.Digits < 8)
            return false;

        frame.StandAt(address);
        return bracketed ? TryReadBraced(ref line, ref frame) : TryReadColumns(ref line, ref frame);
    }

    private static bool TryReadBraced(ref LineCursor line, ref FrameText frame)
    {
        int end = line.Rest.IndexOf("} "u8);
        if (end < 0 || !line.TryTake("]{"u8))
            return false;

        frame.Module = line.Rest[..(end - 2)].TrimEnd((byte)' ');
        line.Position += end;
        line.TryTake(NearestExport);
        int displacement = line.Rest.LastIndexOf(" + $"u8);
        frame.Function = line.Rest[..FunctionText.Measure(line.Rest)];
        line.Position += displacement + 4;
        if (displacement >= 0 && line.TryTakeHex(out HexNumber value))
            frame.Displacement = value.Value;
        return true;
    }

    private static bool TryReadColumns(ref LineCursor line, ref FrameText frame)
    {
        if (!line.TryTake(" +"u8) || !line.TryTakeHex(out HexNumber displacement) || !line.TryTake((byte)' '))
            return false;

        frame.Displacement = displacement.Value;
        frame.Module = line.TakeWord();
        int gap = line.Rest.LastIndexOf("  "u8);
        frame.Function = gap < 0 ? default : line.Rest[(gap + 2)..];
        return gap >= 0;
    }
}

using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// Call sites of the managed runtime: its own frames (<c>[HelperMethodFrame_1OBJ: 000000f2] System.Threading.Monitor.Enter(...)</c>,
/// <c>[GCFrame: 000000f2]</c>) and code without a module (<c>(MethodDesc 00007ff9 +0x49 App.Main.Run(System.String))</c>).
/// </summary>
internal static class ClrFrame
{
    private static ReadOnlySpan<byte> MethodDescriptor => "(MethodDesc "u8;

    public static bool TryRead(ref LineCursor line, ref FrameText frame)
    {
        if (line.Next == '[')
            return TryReadRuntimeFrame(ref line, ref frame);
        return line.TryTake(MethodDescriptor) && TryReadMethod(ref line, ref frame);
    }

    private static bool TryReadRuntimeFrame(ref LineCursor line, ref FrameText frame)
    {
        int end = line.Rest.IndexOf((byte)']');
        if (end < 0)
            return false;
        ReadOnlySpan<byte> kind = line.Rest[1..end];
        int colon = kind.IndexOf((byte)':');
        ReadOnlySpan<byte> name = colon < 0 ? kind : kind[..colon];
        int word = name.IndexOfAnyExceptInRange((byte)'0', (byte)'z');
        if (word >= 0 || name.IndexOf("Frame"u8) < 0)
            return false;

        ReadOnlySpan<byte> whole = line.Rest[..(end + 1)];
        line.Position += end + 1;
        line.SkipBlanks();
        int method = FunctionText.Measure(line.Rest);
        frame.Function = method > 0 ? line.Rest[..method] : whole;
        line.Position += method;
        _ = ParameterList.Skip(ref line);
        frame.Traits |= FrameTraits.Parameters;
        return true;
    }

    private static bool TryReadMethod(ref LineCursor line, ref FrameText frame)
    {
        if (!line.TryTakeHex(out _))
            return false;
        frame.Displacement = Displacement.Read(ref line);
        line.SkipBlanks();
        int length = FunctionText.Measure(line.Rest);
        frame.Function = line.Rest[..length];
        line.Position += length;
        frame.Traits |= FrameTraits.Parameters;
        return length > 0 && ParameterList.Close(ref line);
    }
}

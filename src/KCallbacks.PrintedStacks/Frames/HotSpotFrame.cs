using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// The native line of a Java error log: <c>C  [ntdll.dll+0x9d094]  KiUserCallbackDispatcher+0x24</c>, without a name where there are no
/// symbols; <c>j  java.awt.EventQueue.run()V+19</c> for Java code.
/// </summary>
internal static class HotSpotFrame
{
    public static bool TryRead(ReadOnlySpan<byte> text, ref FrameText frame)
    {
        var line = new LineCursor(text);
        line.SkipBlanks();
        byte kind = line.Next;
        if (line.Second != ' ' || !"CVjJvA"u8.Contains(kind))
            return false;

        line.Position++;
        line.SkipBlanks();
        if (kind == 'j')
            return TryReadJava(line.Rest, ref frame);
        if (!line.TryTake((byte)'['))
            return false;
        int end = line.Rest.IndexOfAny((byte)'+', (byte)']');
        if (end < 1 || !ModuleText.EndsAsFileName(line.Rest[..end]))
            return false;

        frame.Module = line.Rest[..end];
        line.Position += end;
        if (line.TryTake((byte)'+') && line.TryTakeHex(out HexNumber offset))
            frame.Displacement = offset.Value;
        if (!line.TryTake((byte)']'))
            return false;
        line.SkipBlanks();
        if (line.AtEnd || line.Next == '(')
            return true;
        int length = FunctionText.Measure(line.Rest);
        frame.Function = line.Rest[..length];
        line.Position += length;
        frame.Displacement = Displacement.Read(ref line);
        return true;
    }

    private static bool TryReadJava(ReadOnlySpan<byte> text, ref FrameText frame)
    {
        int parameters = text.IndexOf((byte)'(');
        if (parameters < 1 || text.LastIndexOf((byte)'+') < parameters || !text[..parameters].Contains((byte)'.'))
            return false;
        frame.Function = text[..parameters];
        return true;
    }
}

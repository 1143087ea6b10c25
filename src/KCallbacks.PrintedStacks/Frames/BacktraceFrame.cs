using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// The lines of backtraces, which part address and name by a word or sign: <c>#6  0x00007ffc14e51374 in ntdll!KiUserCallbackDispatcher ()</c>
/// (GDB), <c>frame #6: 0x00007ffc14e51374 ntdll.dll`KiUserCallbackDispatcher + 36</c> (LLDB), <c>6:     0x7ffc14e51374 - KiUserCallbackDispatcher</c> (Rust).
/// </summary>
internal static class BacktraceFrame
{
    public static bool TryRead(ReadOnlySpan<byte> text, ref FrameText frame)
    {
        var line = new LineCursor(text);
        LineMarks.Skip(ref line);
        line.TryTake("frame "u8);
        frame.Number = FrameNumber.Read(ref line);
        line.SkipBlanks();
        if (frame.Number is null || !line.TryTakeHex(out HexNumber address) || !address.IsPrefixed)
            return false;

        frame.StandAt(address);
        if (line.TryTake(" in "u8) || line.TryTake(" - "u8))
            return TakeModule(ref line, (byte)'!', ref frame) | TakeFunction(ref line, ref frame);
        return line.TryTake((byte)' ') && TakeModule(ref line, (byte)'`', ref frame) && TakeFunction(ref line, ref frame);
    }

    private static bool TakeModule(ref LineCursor line, byte end, ref FrameText frame)
    {
        int length = line.Rest.IndexOfAny(end, (byte)' ');
        if (length <= 0 || line.Rest[length] != end)
            return false;
        frame.Module = line.Rest[..length];
        line.Position += length + 1;
        return true;
    }

    private static bool TakeFunction(ref LineCursor line, ref FrameText frame)
    {
        int length = FunctionText.Measure(line.Rest);
        ReadOnlySpan<byte> name = line.Rest[..length];
        line.Position += length;
        if (!name.SequenceEqual("??"u8) && !name.SequenceEqual("<unknown>"u8))
            frame.Function = name;
        frame.Displacement = DecimalDisplacement.Read(ref line);
        return length > 0;
    }
}

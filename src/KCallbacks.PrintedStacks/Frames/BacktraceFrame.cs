using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// The lines of backtraces, which part address, name and module by a word or sign:
/// <c>#6  0x00007ffc14e51374 in ntdll!KiUserCallbackDispatcher () from C:\...\ntdll.dll</c> and <c>#0  wait (this=0x1) at a.c:139</c> (GDB),
/// <c>frame #6: 0x00007ffc14e51374 ntdll.dll`KiUserCallbackDispatcher + 36</c> (LLDB),
/// <c>6:     0x7ffc14e51374 - KiUserCallbackDispatcher</c> (Rust),
/// <c>#6 0x7ffc14e51374 in KiUserCallbackDispatcher (C:\...\ntdll.dll+0x1800a1374)</c> (sanitizers, LLVM),
/// <c>#06 0x00007FFC14E51374 ntdll.dll `KiUserCallbackDispatcher+0x24`</c>.
/// </summary>
internal static class BacktraceFrame
{
    public static bool TryRead(ReadOnlySpan<byte> text, ref FrameText frame)
    {
        var line = new LineCursor(text);
        LineMarks.Skip(ref line);
        line.TryTake("frame "u8);
        bool hashed = line.Next == '#';
        frame.Number = FrameNumber.Read(ref line);
        line.SkipBlanks();
        if (frame.Number is null)
            return false;
        if (!line.TryTakeHex(out HexNumber address) || !address.IsPrefixed)
            return hashed && TryReadWithoutAddress(text[line.Position..], ref frame);

        frame.StandAt(address);
        if (line.TryTake(" in "u8) || line.TryTake(" - "u8))
            return TakeModule(ref line, (byte)'!', ref frame) | TakeFunction(ref line, ref frame);
        if (!line.TryTake((byte)' '))
            return false;
        return TakeModule(ref line, (byte)'`', ref frame) ? TakeFunction(ref line, ref frame)
            : TryReadQuoted(line.Rest, ref frame) || TryReadWithPath(ref line, ref frame);
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
        if (!NoName.Is(name))
            frame.Function = name;
        SkipParameters(ref line);
        frame.Displacement = line.Rest.StartsWith("+0x"u8) ? Displacement.Read(ref line) : DecimalDisplacement.Read(ref line);
        if (frame.Module.IsEmpty)
            ReadModule(line.Rest, ref frame);
        return length > 0;
    }

    /// <summary>GDB names a function in which the instruction begins a line without its address.</summary>
    private static bool TryReadWithoutAddress(ReadOnlySpan<byte> text, ref FrameText frame)
    {
        var line = new LineCursor(text);
        int length = FunctionText.Measure(text);
        line.Position = length;
        if (length == 0 || !line.Rest.StartsWith(" ("u8))
            return false;

        frame.Function = text[..length];
        SkipParameters(ref line);
        if (!line.Rest.StartsWith(" at "u8) && !line.Rest.StartsWith(" from "u8))
            return false;
        ReadModule(line.Rest, ref frame);
        return true;
    }

    /// <summary><c>ntdll.dll `KiUserCallbackDispatcher+0x24`</c></summary>
    private static bool TryReadQuoted(ReadOnlySpan<byte> text, ref FrameText frame)
    {
        int quote = text.IndexOf(" `"u8);
        if (quote <= 0 || quote + 3 > text.Length || text[^1] != '`' || text[..quote].Contains((byte)' '))
            return false;

        frame.Module = text[..quote];
        ReadOnlySpan<byte> name = text[(quote + 2)..^1];
        var line = new LineCursor(name);
        int length = FunctionText.Measure(name);
        line.Position = length;
        if (!NoName.Is(name[..length]))
            frame.Function = name[..length];
        frame.Displacement = Displacement.Read(ref line);
        return true;
    }

    /// <summary><c>Foo::Bar(int) (C:\app\app.exe+0x50547c)</c>, <c>(C:\...\ntdll.dll+0x9d094)</c></summary>
    private static bool TryReadWithPath(ref LineCursor line, ref FrameText frame)
    {
        int length = line.Next == '(' ? 0 : FunctionText.Measure(line.Rest);
        ReadOnlySpan<byte> name = line.Rest[..length].TrimEnd((byte)' ');
        line.Position += length;
        if (length > 0)
            SkipParameters(ref line);
        if (!TryReadPath(line.Rest, ref frame, out ulong offset))
            return false;
        if (name.IsEmpty)
            frame.Displacement = offset;
        else if (!NoName.Is(name))
            frame.Function = name;
        return true;
    }

    /// <summary>Skips parameters and arguments, but not a module's path in parentheses.</summary>
    private static void SkipParameters(ref LineCursor line)
    {
        while (line.Next == '(' || (line.Next == ' ' && line.Second == '('))
        {
            var ignored = new FrameText();
            if (TryReadPath(line.Rest, ref ignored, out _))
                return;
            int start = line.Position;
            line.SkipBlanks();
            line.Position++;
            if (!ParameterList.Close(ref line))
            {
                line.Position = start;
                return;
            }
        }
    }

    private static void ReadModule(ReadOnlySpan<byte> text, ref FrameText frame)
    {
        int from = text.LastIndexOf(" from "u8);
        if (from >= 0)
            frame.Module = ModuleText.FileName(text[(from + 6)..]);
        else
            _ = TryReadPath(text, ref frame, out _);
    }

    private static bool TryReadPath(ReadOnlySpan<byte> text, ref FrameText frame, out ulong offset)
    {
        offset = 0;
        ReadOnlySpan<byte> trimmed = text.TrimStart((byte)' ');
        int plus = trimmed.LastIndexOf("+0x"u8);
        if (plus < 2 || trimmed[0] != '(' || trimmed[^1] != ')' || plus + 4 > trimmed.Length)
            return false;

        ReadOnlySpan<byte> module = ModuleText.FileName(trimmed[1..plus]);
        var number = new LineCursor(trimmed[(plus + 1)..]);
        if (!ModuleText.EndsAsFileName(module) || !number.TryTakeHex(out HexNumber value))
            return false;
        frame.Module = module;
        offset = value.Value;
        return true;
    }
}

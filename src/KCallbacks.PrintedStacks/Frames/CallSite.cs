using System.Buffers;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// Reads what a frame line names: <c>module!function+0x14</c>, <c>module+0x158d</c>, <c>!function+0x1</c>,
/// <c>0x1e02d1</c>, <c>module.dll!00007ffed62555b2()</c>, with C++ names, parameter lists and displacements in every spelling.
/// </summary>
internal static class CallSite
{
    private const int LongestModule = 80;

    private static readonly SearchValues<byte> NotInModule =
        SearchValues.Create("\t:;,\"'`()[]{}<>=*?|/\\"u8);

    /// <summary>Reads the call site at the cursor into <paramref name="frame"/> and leaves the cursor after it.</summary>
    public static bool TryRead(ref LineCursor line, ref FrameText frame)
    {
        int bang = FindBang(line.Rest);
        if (bang >= 0)
            return TryReadFunction(ref line, bang, ref frame);
        return TryReadAddress(ref line, ref frame) || TryReadModuleOffset(ref line, ref frame);
    }

    /// <summary>Where the module ends; -1 when the text does not begin with <c>module!</c>.</summary>
    private static int FindBang(ReadOnlySpan<byte> text)
    {
        int bang = text[..Math.Min(text.Length, LongestModule)].IndexOf((byte)'!');
        if (bang <= 0)
            return bang;

        ReadOnlySpan<byte> module = text[..bang].TrimEnd((byte)' ');
        if (module.ContainsAny(NotInModule))
            return -1;
        int blank = module.IndexOf((byte)' ');
        return blank < 0 || EndsAsFileName(module) ? bang : -1;
    }

    /// <summary>File names may hold blanks; bare module names do not.</summary>
    public static bool EndsAsFileName(ReadOnlySpan<byte> module) =>
        module.Length > 4 && module[^4] == '.' && Letters.IsLetter(module[^3]);

    private static bool TryReadFunction(ref LineCursor line, int bang, ref FrameText frame)
    {
        frame.Module = line.Rest[..bang].TrimEnd((byte)' ');
        line.Position += bang + 1;
        if (SkipMisreadBlank(ref line) || frame.Module.Length < bang)
            frame.Traits |= FrameTraits.Spaced;

        int length = FunctionText.Measure(line.Rest);
        if (length == 0)
            return false;

        ReadOnlySpan<byte> name = line.Rest[..length].TrimEnd((byte)' ');
        line.Position += length;
        if (IsCodeAddress(name, out ulong address))
            frame.InstructionPointer ??= address;
        else if (!NoName.Is(name))
            frame.Function = name;

        int parameters = line.Position;
        if (!ParameterList.Skip(ref line))
        {
            frame.Traits |= FrameTraits.OpenParameters;
            return true;
        }

        if (line.Position > parameters)
            frame.Traits |= FrameTraits.Parameters;

        frame.Displacement = Displacement.Read(ref line);
        return true;
    }

    /// <summary>A blank after the <c>!</c> is a misreading, unless a label of the compiler follows (<c> ?? ::FNODOBFM</c>).</summary>
    private static bool SkipMisreadBlank(ref LineCursor line) =>
        line.Next == ' ' && (Letters.IsLetter(line.Second) || line.Second == '_') && line.TryTake((byte)' ');

    /// <summary>Visual Studio prints the address where it has no name: <c>module.dll!00007ffed62555b2()</c>.</summary>
    private static bool IsCodeAddress(ReadOnlySpan<byte> name, out ulong address)
    {
        var word = new LineCursor(name);
        bool isHex = word.TryTakeHex(out HexNumber number) && word.AtEnd && number.Digits >= 8;
        address = isHex ? number.Value : 0;
        return isHex;
    }

    private static bool TryReadAddress(ref LineCursor line, ref FrameText frame)
    {
        int start = line.Position;
        if (line.TryTakeHex(out HexNumber number) && number.IsPrefixed && line.AtGap)
        {
            frame.InstructionPointer = number.Value;
            if (number.Digits > 8)
                frame.AddressDigits = Math.Max(frame.AddressDigits, number.Digits);
            return true;
        }

        line.Position = start;
        return false;
    }

    /// <summary>A name without <c>!</c>: code of a module without symbols, or a function of a module that was not printed.</summary>
    private static bool TryReadModuleOffset(ref LineCursor line, ref FrameText frame)
    {
        int length = FunctionText.Measure(line.Rest);
        if (length == 0)
            return false;

        ReadOnlySpan<byte> name = line.Rest[..length].TrimEnd((byte)' ');
        line.Position += length;
        bool hasParameters = line.Next == '(';
        if (!ParameterList.Skip(ref line))
            return false;

        if (hasParameters)
            frame.Traits |= FrameTraits.Parameters;
        frame.Displacement = Displacement.Read(ref line);
        if (frame.Displacement is null)
            frame.Traits |= FrameTraits.BareWord;
        if (hasParameters || SystemFunction.IsName(name))
            frame.Function = name;
        else
            frame.Module = name;
        return true;
    }
}

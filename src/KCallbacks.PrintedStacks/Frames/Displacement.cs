using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// Reads <c>+0x14</c>, <c>+ 0x4d</c>, <c>     +0xf5</c>, <c>+0x0000002e</c>, <c>- 0x1b8</c>; a negative one is given as its two's complement,
/// as debuggers also print it (<c>+0xffffffffffffcb4b</c>).
/// </summary>
internal static class Displacement
{
    /// <summary>No function is that long: after a minus that many digits are an address (<c>name - 0x6f37b170 (null)(0)</c>).</summary>
    private const int FewestDigitsOfAddress = 8;

    /// <summary>The displacement at the cursor; null, with the cursor unmoved, when none is printed.</summary>
    public static ulong? Read(ref LineCursor line)
    {
        int start = line.Position;
        line.SkipBlanks();
        bool negative = line.Next == '-';
        if (line.TryTake((byte)'+') || line.TryTake((byte)'-'))
        {
            line.SkipBlanks();
            if (TryReadNumber(ref line, out HexNumber number) && (!negative || (number.IsPrefixed && number.Digits < FewestDigitsOfAddress)))
                return negative ? 0 - number.Value : number.Value;
        }

        line.Position = start;
        return null;
    }

    private static bool TryReadNumber(ref LineCursor line, out HexNumber number)
    {
        // Text recognition reads the zero of 0x as a letter.
        bool misread = line.Next is (byte)'O' or (byte)'o' && (line.Second | 0x20) == 'x';
        if (misread)
            line.Position += 2;

        number = default;
        return (misread || Letters.IsDigit(line.Next) || IsShortHex(line.Rest))
            && line.TryTakeHex(out number)
            && !Letters.IsLetter(line.Next);
    }

    /// <summary><c>+d4</c>, as DebugDiag and Application Verifier print it; <c>Outer+Face</c> is a nested type of .NET.</summary>
    private static bool IsShortHex(ReadOnlySpan<byte> text)
    {
        const int MostDigits = 5;
        int length = text.IndexOfAnyExceptInRange((byte)'0', (byte)'f');
        ReadOnlySpan<byte> word = length < 0 ? text : text[..length];
        bool ends = length < 0 || Letters.IsBlank(text[length]);
        return ends && word.Length is > 0 and <= MostDigits && word.IndexOfAnyInRange((byte)':', (byte)'`') < 0;
    }
}

using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// Reads a frame number: <c>0a </c>, <c># 3 </c>, <c>#10 </c>, <c>52: </c>, <c>7, </c>, <c>[0x1] </c>, <c>[ 4] </c>, <c>88  </c>.
/// Decimal and hexadecimal numbers sort alike, so all are read as hexadecimal.
/// </summary>
internal static class FrameNumber
{
    private const int MostDigits = 4;

    public static int? Read(ref LineCursor line)
    {
        int start = line.Position;
        bool bracketed = line.TryTake((byte)'[');
        bool hashed = line.TryTake((byte)'#');
        line.SkipBlanks();
        if (line.TryTakeHex(out HexNumber number)
            && number.Digits <= MostDigits
            && (bracketed || !number.IsPrefixed)
            && (!bracketed || line.TryTake((byte)']'))
            && TakeSeparator(ref line))
        {
            return (int)number.Value;
        }

        line.Position = hashed ? start + 1 : start;
        return null;
    }

    private static bool TakeSeparator(ref LineCursor line)
    {
        _ = line.TryTake((byte)':') || line.TryTake((byte)',') || line.TryTake((byte)'.');
        return line.AtGap && !line.AtEnd;
    }
}

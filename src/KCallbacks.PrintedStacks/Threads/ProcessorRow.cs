using System.Text;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>A row of <c>!running</c>: processor number, PRCB, current thread, lock queue <c>................</c>.</summary>
internal static class ProcessorRow
{
    public static ThreadHeader? TryRead(ReadOnlySpan<byte> text)
    {
        if (!text.EndsWith("......"u8))
            return null;

        var line = new LineCursor(text);
        line.SkipBlanks();
        int start = line.Position;
        if (!line.TryTakeHex(out HexNumber processor) || processor.Digits > 4)
            return null;

        string printed = Encoding.ASCII.GetString(text[start..line.Position]);
        line.SkipBlanks();
        return line.TryTakeHex(out HexNumber prcb) && prcb.Digits >= 8 ? new ThreadHeader { Printed = printed } : null;
    }
}

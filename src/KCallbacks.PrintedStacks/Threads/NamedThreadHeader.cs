using System.Text;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// <c>Thread: 1230</c>, <c>Thread 0 (crashed)</c>, <c>OS Thread Id: 0x1a2c (0)</c>, <c>Thread 010, 2 frame(s) match</c>,
/// <c>thread $1a3c:</c>, <c>State Dump for Thread Id 0xfa4</c>: how crash reporters, Breakpad, SOS, <c>!findstack</c>, madExcept and
/// Dr. Watson introduce a thread.
/// </summary>
internal static class NamedThreadHeader
{
    public static ThreadHeader? TryRead(ReadOnlySpan<byte> text)
    {
        var line = new LineCursor(text);
        line.SkipBlanks();
        line.TryTake("State Dump for "u8);
        bool isSystemId = line.TryTake("OS Thread Id"u8) || line.TryTake("Thread Id "u8);
        if (!isSystemId && !Letters.StartsWithIgnoreCase(line.Rest, "thread"u8))
            return null;
        if (!isSystemId)
            line.Position += 6;

        isSystemId |= line.Next == ':';
        while (line.Next is (byte)' ' or (byte)':' or (byte)'#' or (byte)'$' or (byte)'\t')
            line.Position++;

        int start = line.Position;
        if (!line.TryTakeHex(out HexNumber number) || number.Digits > 8)
            return null;

        string printed = Encoding.ASCII.GetString(text[start..line.Position]);
        bool counted = line.TryTake((byte)',');
        line.SkipBlanks();
        bool isPlain = counted || line.AtEnd || line.Next is (byte)'(' or (byte)':' or (byte)'[' or (byte)'"';
        if (!isPlain && !IsName(line.Rest))
            return null;

        return new ThreadHeader
        {
            Printed = printed,
            SystemId = isSystemId ? (uint)number.Value : null,
            NeedsFrames = !isPlain,
        };
    }

    /// <summary><c>Thread 0 main (crashed)</c>, <c>Thread 3 render</c>: one word behind the number is the thread's name.</summary>
    private static bool IsName(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> crashed = " (crashed)"u8;
        ReadOnlySpan<byte> name = text.EndsWith(crashed) ? text[..^crashed.Length] : text;
        return name.IndexOfAny((byte)' ', (byte)'\t') < 0;
    }
}

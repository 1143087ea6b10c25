using System.Buffers.Text;
using System.Globalization;
using System.Text;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// <c>Thread: 1230</c>, <c>Thread 0 (crashed)</c>, <c>OS Thread Id: 0x1a2c (0)</c>, <c>Thread 010, 2 frame(s) match</c>,
/// <c>thread $1a3c:</c>, <c>State Dump for Thread Id 0xfa4</c>, <c>Thread #0 tid=4660</c>, <c>Thread 1 (Thread 1000.0x1004 "main")</c>:
/// how crash reporters, Breakpad, SOS, <c>!findstack</c>, madExcept, Dr. Watson and GDB introduce a thread.
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

        if (DotnetStackId(line.Rest) is { } dotnet)
            return dotnet;
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
            EngineId = isSystemId ? ReadEngineId(line.Rest) : null,
            SystemId = isSystemId ? (uint)number.Value : ReadSystemId(line.Rest),
            NeedsFrames = !isPlain,
        };
    }

    /// <summary><c>Thread (0x48C5):</c>, by which dotnet-stack names threads of the system.</summary>
    private static ThreadHeader? DotnetStackId(ReadOnlySpan<byte> text)
    {
        var line = new LineCursor(text);
        if (!line.TryTake((byte)'(') || !line.TryTakeHex(out HexNumber id) || id is not { IsPrefixed: true, Digits: <= 8 } || !line.TryTake("):"u8) || !line.AtEnd)
            return null;
        return new ThreadHeader { Printed = id.Value.ToString("x", CultureInfo.InvariantCulture), SystemId = (uint)id.Value, NeedsFrames = true };
    }

    /// <summary><c>OS Thread Id: 0x1a2c (3)</c>: SOS prints the debugger's number in parentheses.</summary>
    private static uint? ReadEngineId(ReadOnlySpan<byte> text) =>
        text.StartsWith("("u8) && Utf8Parser.TryParse(text[1..], out uint number, out int length) && text[(1 + length)..].SequenceEqual(")"u8) ? number : null;

    /// <summary><c>tid=4660</c> (decimal), or <c>(Thread 1000.0x1004 "main")</c> of GDB.</summary>
    private static uint? ReadSystemId(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> name = text.TrimStart("( ["u8);
        if (Letters.StartsWithIgnoreCase(name, "tid"u8))
            return Utf8Parser.TryParse(name[3..].TrimStart("=: "u8), out uint id, out _) ? id : null;

        int dot = name.StartsWith("Thread "u8) ? name.IndexOf(".0x"u8) : -1;
        if (dot < 0)
            return null;
        var line = new LineCursor(name) { Position = dot + 1 };
        return line.TryTakeHex(out HexNumber thread) ? (uint)thread.Value : null;
    }

    /// <summary><c>Thread 0 main (crashed)</c>, <c>Thread 3 render</c>: one word after the number is the thread's name.</summary>
    private static bool IsName(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> crashed = " (crashed)"u8;
        ReadOnlySpan<byte> name = text.EndsWith(crashed) ? text[..^crashed.Length] : text;
        return name.IndexOfAny((byte)' ', (byte)'\t') < 0;
    }
}

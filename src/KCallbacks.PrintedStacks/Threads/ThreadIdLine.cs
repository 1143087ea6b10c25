using System.Buffers.Text;
using System.Globalization;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// Lines that name a thread by its id alone: <c>TID: 8 (main thread)</c>, <c>*** Dump of thread ID 4660 (state: Waiting): ***</c> and
/// <c>*** Dump of the Worker thread (a4): ***</c> of BOINC.
/// </summary>
internal static class ThreadIdLine
{
    public static ThreadHeader? TryRead(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> line = text.Trim(" \t*"u8);
        if (Letters.StartsWithIgnoreCase(line, "tid:"u8))
            return ReadNumber(line[4..].TrimStart((byte)' ')) is { } id ? Of(id) : null;
        if (!line.StartsWith("Dump of "u8))
            return null;
        if (line.StartsWith("Dump of thread ID "u8))
            return ReadNumber(line["Dump of thread ID ".Length..]) is { } decimalId ? Of(decimalId) with { NeedsFrames = false } : null;
        return ReadNamed(line);
    }

    private static ThreadHeader? ReadNamed(ReadOnlySpan<byte> text)
    {
        int open = text.IndexOf(" thread ("u8);
        var line = new LineCursor(text) { Position = Math.Max(0, open + " thread (".Length) };
        return open > 0 && line.TryTakeHex(out HexNumber id) && line.TryTake((byte)')')
            ? new ThreadHeader { Printed = id.Value.ToString("x", CultureInfo.InvariantCulture), SystemId = (uint)id.Value }
            : null;
    }

    private static ThreadHeader Of(uint id) => new() { Printed = id.ToString(CultureInfo.InvariantCulture), SystemId = id, NeedsFrames = true };

    private static uint? ReadNumber(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out uint number, out _) ? number : null;
}

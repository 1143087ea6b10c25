using System.Text;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary><c>.  0  Id: 1894.d54 Suspend: 0 Teb: 7efdd000 Unfrozen</c>, the line of <c>~</c> and <c>~*k</c>.</summary>
internal static class EngineThreadHeader
{
    public static ThreadHeader? TryRead(ReadOnlySpan<byte> text)
    {
        var line = new LineCursor(text);
        line.SkipBlanks();
        if (line.TryTake((byte)'.') || line.TryTake((byte)'#'))
            line.SkipBlanks();

        int start = line.Position;
        while (Letters.IsDigit(line.Next))
            line.Position++;
        ReadOnlySpan<byte> number = text[start..line.Position];
        line.SkipBlanks();
        if (number.IsEmpty || !Letters.StartsWithIgnoreCase(line.Rest, "id:"u8))
            return null;

        line.Position += 3;
        line.SkipBlanks();
        if (!line.TryTakeHex(out HexNumber process) || !line.TryTake((byte)'.') || !line.TryTakeHex(out HexNumber thread))
            return null;

        return new ThreadHeader
        {
            Printed = Encoding.ASCII.GetString(number),
            EngineId = uint.TryParse(number, out uint engineId) ? engineId : null,
            SystemId = (uint)thread.Value,
            ProcessId = (uint)process.Value,
            IsListed = true,
            AddressDigits = ReadTeb(line.Rest).Digits,
        };
    }

    private static HexNumber ReadTeb(ReadOnlySpan<byte> text)
    {
        int teb = text.IndexOf("Teb"u8);
        if (teb < 0)
            return default;

        var line = new LineCursor(text) { Position = teb + 3 };
        line.TryTake((byte)':');
        line.SkipBlanks();
        line.TryTakeHex(out HexNumber address);
        return address;
    }
}

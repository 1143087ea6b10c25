using System.Globalization;
using System.Text;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// The lines of the mex extension: <c>2 threads [stats]: ffffa389b2707080 ffffa389b131c080</c> (<c>!us</c>, one stack of several threads),
/// <c>0     2abc (0n10940)    0      0 08/14/2023</c> and <c>svchost.exe (ffffd80c06032080) ffffd80c05b7c040 (E|K|W|R|V) 13f0.4a20</c> (<c>!t</c>).
/// </summary>
internal static class MexHeader
{
    public static ThreadHeader? TryRead(ReadOnlySpan<byte> text) =>
        TryReadGroup(text) ?? TryReadUserThread(text) ?? TryReadKernelThread(text);

    private static ThreadHeader? TryReadGroup(ReadOnlySpan<byte> text)
    {
        int stats = text.IndexOf("[stats]:"u8);
        if (stats < 0 || text[..stats].IndexOf(" thread"u8) < 0)
            return null;

        string[] ids = Encoding.UTF8.GetString(text[(stats + 8)..]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return ids.Length == 0 ? null : Of(ids[0]) with { Others = [.. ids.Skip(1)] };
    }

    /// <summary>The thread that a group names: by the debugger's number, or by the address of its kernel structure.</summary>
    public static ThreadHeader Of(string id)
    {
        const int MostDigitsOfNumber = 5;
        bool isNumber = id.Length <= MostDigitsOfNumber && uint.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return new ThreadHeader { Printed = id, EngineId = isNumber ? uint.Parse(id, CultureInfo.InvariantCulture) : null };
    }

    private static ThreadHeader? TryReadUserThread(ReadOnlySpan<byte> text)
    {
        var line = new LineCursor(text);
        line.SkipBlanks();
        int start = line.Position;
        if (!line.TryTakeHex(out HexNumber number) || number.Digits > 4 || !line.AtGap)
            return null;

        string printed = Encoding.ASCII.GetString(text[start..line.Position]);
        line.SkipBlanks();
        if (!line.TryTakeHex(out HexNumber thread) || !line.TryTake(" (0n"u8))
            return null;
        return new ThreadHeader { Printed = printed, SystemId = (uint)thread.Value };
    }

    private static ThreadHeader? TryReadKernelThread(ReadOnlySpan<byte> text)
    {
        int links = text.IndexOf(" (E|K|"u8);
        if (links < 0)
            return null;

        int start = text[..links].LastIndexOf((byte)' ') + 1;
        return new ThreadHeader { Printed = Encoding.UTF8.GetString(text[start..links]) };
    }
}

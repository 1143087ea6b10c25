using System.Text;
using KCallbacks.Detection.Model;
using KCallbacks.PrintedStacks.Frames;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// A row of <c>!stacks</c>: <c>4.000014  827d0030  [ticks]  Blocked    ntoskrnl!ExpWorkerThread+0x189</c>, which names a thread
/// and the one frame it is blocked in, or <c>Stack paged out</c>.
/// </summary>
internal static class StacksRow
{
    private const ulong SystemProcess = 4;

    /// <summary>Reads the thread; <paramref name="blocker"/> is the text of its frame, empty when there is none.</summary>
    public static ThreadHeader? TryRead(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> blocker)
    {
        blocker = default;
        var line = new LineCursor(text);
        line.SkipBlanks();
        int start = line.Position;
        if (!line.TryTakeHex(out HexNumber process) || !line.TryTake((byte)'.') || !line.TryTakeHex(out HexNumber thread)
            || thread.Digits < 4 || !line.AtGap)
        {
            return null;
        }

        string printed = Encoding.ASCII.GetString(text[start..line.Position]);
        line.SkipBlanks();
        if (!line.TryTakeHex(out HexNumber address) || address.Digits < 8 || !TrySkipState(ref line))
            return null;

        line.SkipBlanks();
        bool hasFrame = FrameLine.TryRead(line.Rest, default, out _);
        blocker = hasFrame ? line.Rest : default;
        return new ThreadHeader
        {
            Printed = printed,
            SystemId = (uint)thread.Value,
            ProcessId = (uint)process.Value,
            Kernel = new KernelState(IsSystemThread: process.Value == SystemProcess && hasFrame),
            IsExcerpt = true,
            Problem = hasFrame || line.AtEnd ? null : Encoding.UTF8.GetString(line.Rest),
        };
    }

    /// <summary>Skips the ticks, which newer engines print, and the state of the thread.</summary>
    private static bool TrySkipState(ref LineCursor line)
    {
        line.SkipBlanks();
        if (line.TryTakeHex(out _) && !line.AtGap)
            return SkipLetters(ref line);
        line.SkipBlanks();
        return SkipLetters(ref line);
    }

    private static bool SkipLetters(ref LineCursor line)
    {
        int start = line.Position;
        while (Letters.IsLetter(line.Next))
            line.Position++;
        return line.Position > start && line.AtGap;
    }
}

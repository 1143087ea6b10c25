using System.Buffers.Text;
using System.Globalization;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// A row of Visual Studio's window of threads, cells parted by tabs: flag, arrow of the current thread, id, managed id, category, name, location.
/// Copied with its stack expanded, it stands above the frames.
/// </summary>
internal static class VisualStudioThreadRow
{
    public static ThreadHeader? TryRead(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("Not Flagged\t"u8) && !text.StartsWith("Flagged\t"u8))
            return null;

        var cells = new LineCursor(text[(text.IndexOf((byte)'\t') + 1)..]);
        SkipCell(ref cells);
        return Utf8Parser.TryParse(cells.Rest, out uint id, out int length) && cells.Rest[length..].StartsWith("\t"u8)
            ? new ThreadHeader { Printed = id.ToString(CultureInfo.InvariantCulture), SystemId = id, NeedsFrames = true }
            : null;
    }

    private static void SkipCell(ref LineCursor cells)
    {
        int tab = cells.Rest.IndexOf((byte)'\t');
        cells.Position += tab < 0 ? cells.Rest.Length : tab + 1;
    }
}

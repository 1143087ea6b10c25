using System.Buffers.Text;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>Reads <c> + 36</c>, as LLDB, Chromium and Visual C++ 6 print displacements.</summary>
internal static class DecimalDisplacement
{
    /// <summary>The displacement at the cursor; null, with the cursor unmoved, when none is printed.</summary>
    public static ulong? Read(ref LineCursor line)
    {
        int start = line.Position;
        line.SkipBlanks();
        if (line.TryTake((byte)'+'))
        {
            line.SkipBlanks();
            if (Utf8Parser.TryParse(line.Rest, out ulong value, out int used))
            {
                line.Position += used;
                return value;
            }
        }

        line.Position = start;
        return null;
    }
}

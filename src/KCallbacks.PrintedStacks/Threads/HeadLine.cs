using KCallbacks.PrintedStacks.Frames;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>The line above a stack that names its columns, or that a stack follows (<c>STACK_TEXT:</c>).</summary>
internal readonly record struct HeadLine(ColumnLayout Layout, bool IsRawScan)
{
    public static bool TryRead(ReadOnlySpan<byte> text, out HeadLine head)
    {
        bool namesColumns = HeadColumns.TryRead(text, out ColumnLayout layout);
        head = new HeadLine(layout, namesColumns && text.IndexOf("Caller, Callee"u8) > 0);
        return namesColumns || StartsStack(text.Trim(" \t#"u8));
    }

    private static bool StartsStack(ReadOnlySpan<byte> line) =>
        line.StartsWith("STACK_TEXT:"u8) || line.StartsWith("Hash Usage :"u8) || line.StartsWith("Call Stack:"u8)
        || line.StartsWith("Call stack:"u8) || line.StartsWith("Callstack:"u8) || line.StartsWith("Callstack -"u8)
        || line.StartsWith("Stack trace:"u8) || line.StartsWith("Stack Trace:"u8) || line.StartsWith("Native frames:"u8)
        || line.StartsWith("Backtrace:"u8) || line.IndexOf("OUTPUTTING STACK TRACE"u8) > 0;
}

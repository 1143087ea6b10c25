using KCallbacks.PrintedStacks.Frames;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>The line above a stack that names its columns, or that a stack follows (<c>STACK_TEXT:</c>).</summary>
internal readonly record struct HeadLine(ColumnLayout Layout, bool IsRawScan)
{
    public static bool TryRead(ReadOnlySpan<byte> text, out HeadLine head)
    {
        head = default;
        ReadOnlySpan<byte> line = text.Trim(" \t#"u8);
        if (line.StartsWith("Memory"u8))
            line = line[6..].TrimStart(" \t"u8);

        if (line.StartsWith("Child"u8) && (line.StartsWith("ChildEBP"u8) || line.StartsWith("Child-SP"u8) || line.StartsWith("ChildSP"u8)))
            head = new HeadLine(ColumnLayout.StackPointerFirst, line.IndexOf("Caller, Callee"u8) > 0);
        else if (line.StartsWith("RetAddr"u8))
            head = new HeadLine(ColumnLayout.ReturnAddressFirst, IsRawScan: false);
        else if (line.SequenceEqual("Call Site"u8))
            head = new HeadLine(ColumnLayout.CallSiteOnly, IsRawScan: false);
        else
            return StartsStack(line);
        return true;
    }

    private static bool StartsStack(ReadOnlySpan<byte> line) =>
        line.StartsWith("STACK_TEXT:"u8) || line.StartsWith("Hash Usage :"u8) || line.StartsWith("Call Stack:"u8)
        || line.StartsWith("Call stack:"u8) || line.StartsWith("Callstack:"u8) || line.StartsWith("Stack trace:"u8);
}

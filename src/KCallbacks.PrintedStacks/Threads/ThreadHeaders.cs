using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>Recognises a line that introduces a thread, whatever printed it.</summary>
internal static class ThreadHeaders
{
    public static ThreadHeader? TryRead(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> line = text.TrimStart(" \t*"u8); // LLDB marks the selected thread with a star
        if ((ThreadIdLine.TryRead(line) ?? VisualStudioThreadRow.TryRead(line)) is { } named)
            return named;
        byte first = line.IsEmpty ? (byte)0 : line[0];
        if (ReportThreadHeader.TryRead(line) is { } report)
            return report;
        if (first is (byte)'.' or (byte)'#' || Letters.HexDigit(first) >= 0)
            return EngineThreadHeader.TryRead(line) ?? ProcessorRow.TryRead(line) ?? MexHeader.TryRead(line);
        if (first is (byte)'T' or (byte)'t' or (byte)'O' or (byte)'S' or (byte)'I')
            return KernelThreadHeader.TryRead(line) ?? NamedThreadHeader.TryRead(line) ?? MexHeader.TryRead(line);
        return MexHeader.TryRead(line);
    }
}

using System.Buffers.Text;
using System.Globalization;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>The lines with which <c>!cs -o</c> names the owner of a critical section, whose stack follows.</summary>
internal sealed class LockOwner
{
    private uint? _systemId;

    /// <summary>Whether the line names the owner; <paramref name="header"/> is set when a stack may follow.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, out ThreadHeader? header)
    {
        header = null;
        ReadOnlySpan<byte> line = text.TrimStart(" \t"u8);
        if (!line.StartsWith("OwningThread"u8))
            return false;
        if (line.StartsWith("OwningThread DbgId"u8))
            header = ReadNumber(line) is { } number ? Of(number) : null;
        else if (line.IndexOf((byte)'=') is var value and > 0)
            _systemId = ReadSystemId(line[(value + 1)..]);
        return header is not null;
    }

    private ThreadHeader Of(uint number) => new()
    {
        Printed = number.ToString(CultureInfo.InvariantCulture),
        EngineId = number,
        SystemId = _systemId,
        NeedsFrames = true,
    };

    private static uint? ReadNumber(ReadOnlySpan<byte> line) =>
        Utf8Parser.TryParse(line[(line.IndexOf((byte)'~') + 1)..], out uint number, out _) ? number : null;

    private static uint? ReadSystemId(ReadOnlySpan<byte> text)
    {
        var line = new LineCursor(text);
        line.SkipBlanks();
        return line.TryTakeHex(out HexNumber id) && id.Value <= uint.MaxValue ? (uint)id.Value : null;
    }
}

using System.Buffers.Text;
using System.Globalization;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Threads;

/// <summary>The head of <c>!clrstack2</c>: <c>DbgId ThreadId Apartment Kind ...</c>, and below it the ids of the thread.</summary>
internal sealed class ClrStackHead
{
    private bool _idsFollow;

    /// <summary>Whether the line belongs to the head; <paramref name="header"/> is set where it names the thread.</summary>
    public bool TryRead(ReadOnlySpan<byte> text, out ThreadHeader? header)
    {
        header = null;
        ReadOnlySpan<byte> line = text.Trim(" \t"u8);
        if (line.StartsWith("DbgId ThreadId Apartment"u8))
            return _idsFollow = true;
        if (!_idsFollow)
            return false;

        _idsFollow = false;
        header = ReadIds(line);
        return header is not null;
    }

    private static ThreadHeader? ReadIds(ReadOnlySpan<byte> text)
    {
        var line = new LineCursor(text);
        if (!Utf8Parser.TryParse(text, out uint engineId, out int length))
            return null;
        line.Position = length;
        line.SkipBlanks();
        return line.TryTakeHex(out HexNumber systemId) && line.AtGap
            ? new ThreadHeader { Printed = engineId.ToString(CultureInfo.InvariantCulture), EngineId = engineId, SystemId = (uint)systemId.Value, NeedsFrames = true }
            : null;
    }
}

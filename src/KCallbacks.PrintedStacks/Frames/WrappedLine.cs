using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// Puts lines together again that a terminal or a mail program has wrapped: <c>ntdll!KiUserCallback</c> and
/// <c>Dispatcher+0x1f</c> on the next line. Keeps a copy of the line before.
/// </summary>
internal sealed class WrappedLine
{
    private const int Longest = 4096;

    private readonly byte[] _joined = new byte[Longest];
    private int _length;

    /// <summary>Whether the line before was a frame already, which the whole line replaces.</summary>
    public bool IsFrame { get; private set; }

    /// <summary>Keeps a line that has a frame's addresses or number, but may lack its end.</summary>
    public void Remember(ReadOnlySpan<byte> line, bool isFrame)
    {
        IsFrame = isFrame;
        _length = line.Length <= Longest && (isFrame || StackWord.HasAddresses(line)) ? line.Length : 0;
        line[.._length].CopyTo(_joined);
    }

    public void Forget() => _length = 0;

    /// <summary>Whether a line of a stack goes on in the next: it ends after a module's sign or among its addresses.</summary>
    public static bool IsOpen(ReadOnlySpan<byte> line)
    {
        if (!StackWord.HasAddresses(line))
            return false;
        var cursor = new LineCursor(line);
        LineMarks.Skip(ref cursor);
        _ = FrameNumber.Read(ref cursor);
        _ = AddressColumns.Read(ref cursor);
        return cursor.AtEnd || line[^1] == '!';
    }

    /// <summary>Joins a line that is no frame with the line before; true when that makes a frame with a displacement it did not have.</summary>
    public bool TryJoin(ReadOnlySpan<byte> line, ColumnLayout layout, out FrameText whole)
    {
        whole = default;
        if (_length == 0 || _length + line.Length > Longest)
            return false;

        bool hadDisplacement = FrameLine.TryRead(_joined.AsSpan(0, _length), layout, out FrameText before) && before.Displacement is not null;
        bool continuesNumber = line.Length <= 8 && line.IndexOfAnyExcept(Letters.HexDigits) < 0;
        if (hadDisplacement && !continuesNumber)
            return false;

        line.CopyTo(_joined.AsSpan(_length));
        bool continuesModule = _joined[_length - 1] == '!';
        if (!FrameLine.TryRead(_joined.AsSpan(0, _length + line.Length), layout, out whole) || (whole.Displacement is null && !continuesModule))
            return false;
        _length += line.Length;
        return true;
    }

    /// <summary>
    /// Joins a line that could be a frame, but only as a bare name. Among frames with addresses it is the rest of the line before,
    /// unless that would give a name two <c>!</c>.
    /// </summary>
    public bool TryJoin(ReadOnlySpan<byte> line, in FrameText frame, ColumnLayout layout, out FrameText whole)
    {
        whole = default;
        return frame.Has(FrameTraits.NameOnly)
            && _length > 0
            && StackWord.HasAddresses(_joined.AsSpan(0, _length))
            && !(IsFrame && line.Contains((byte)'!'))
            && TryJoin(line, layout, out whole);
    }
}

using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// The line shape most tools share: marks, a frame number, columns of addresses, a call site, notes. Each part may be missing,
/// but something must show that the line is a frame and not prose.
/// </summary>
internal static class DebuggerFrame
{
    public static bool TryRead(ReadOnlySpan<byte> text, ColumnLayout layout, ref FrameText frame)
    {
        var line = new LineCursor(text);
        LineMarks.Skip(ref line);
        bool hashed = line.Next == '#';
        frame.Number = FrameNumber.Read(ref line);
        AddressColumns columns = AddressColumns.Read(ref line);
        columns.Assign(layout, ref frame);
        if (line.AtEnd || !CallSite.TryRead(ref line, ref frame))
            return false;

        if (columns.Count == 1 && HasPaddedDisplacement(text[..line.Position]))
            frame.Traits |= FrameTraits.Historic;
        TrailingNotes.Read(line.Rest, ref frame);
        if (frame.Has(FrameTraits.BareWord) && !(columns.Any && frame.Has(FrameTraits.Parameters)))
            return IsFrameWithoutModule(line, layout, hashed && frame.Number is not null);
        if (columns.Any || frame.Number is not null)
            return !TrailingNotes.IsAssignment(line.Rest);

        frame.Traits |= FrameTraits.NameOnly;
        if (frame.Has(FrameTraits.Spaced))
            return false;
        return frame.Has(FrameTraits.Parameters) || TrailingNotes.MayFollowName(line.Rest, frame.Displacement is not null);
    }

    /// <summary>Heap traces (<c>!heap -p -a</c>, umdh) print an address and a displacement of eight digits: <c>+0x0000002e</c>.</summary>
    private static bool HasPaddedDisplacement(ReadOnlySpan<byte> taken) =>
        taken.Length > 10 && taken[^10..].StartsWith("0x0"u8) && taken[^11] == '+';

    /// <summary><c>gui3</c> under the head line of <c>kc</c>, or <c># 9 CreateSplash   [c:\main.cpp:274]</c> in a leak report.</summary>
    private static bool IsFrameWithoutModule(LineCursor line, ColumnLayout layout, bool hashed)
    {
        if (layout == ColumnLayout.CallSiteOnly)
            return line.AtEnd;
        line.SkipBlanks();
        return hashed && line.Next is 0 or (byte)'[';
    }
}

using System.Buffers;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// The line shape most tools share: marks, a frame number, columns of addresses, a call site, notes. Each part may be missing,
/// but something must show that the line is a frame and not prose.
/// </summary>
internal static class DebuggerFrame
{
    private static readonly SearchValues<byte> NotInModule = SearchValues.Create("()<>[]{}\"'`,;=/\\"u8);

    public static bool TryRead(ReadOnlySpan<byte> text, ColumnLayout layout, ref FrameText frame)
    {
        var line = new LineCursor(text);
        LineMarks.Skip(ref line);
        bool hashed = line.Next == '#';
        frame.Number = FrameNumber.Read(ref line);
        if (ArchColumn.Skip(ref line, layout.HasArch))
            frame.Traits |= FrameTraits.Arm64;
        AddressColumns columns = AddressColumns.Read(ref line);
        columns.Assign(layout, ref frame);
        if (line.AtEnd || !TryReadCallSite(ref line, mayHoldRemark: columns.Count >= 2 && layout.HasAddresses, ref frame))
            return false;

        if (columns.Count == 1 && HasPaddedDisplacement(text[..line.Position]))
            frame.Traits |= FrameTraits.Historic;
        TrailingNotes.Read(line.Rest, ref frame);
        if (frame.Has(FrameTraits.BareWord) && !(columns.Any && frame.Has(FrameTraits.Parameters)))
            return (line.AtEnd && columns.MayPrecedeModule(layout) && BeginsName(frame)) || IsFrameWithoutModule(line, layout, hashed && frame.Number is not null);
        if (columns.Any || frame.Number is not null)
            return !TrailingNotes.IsAssignment(line.Rest);

        frame.Traits |= FrameTraits.NameOnly;
        if (frame.Has(FrameTraits.Spaced))
            return false;
        return frame.Has(FrameTraits.Parameters) || TrailingNotes.MayFollowName(line.Rest, frame.Displacement is not null);
    }

    private static bool TryReadCallSite(ref LineCursor line, bool mayHoldRemark, ref FrameText frame)
    {
        int start = line.Position;
        if (ClrFrame.TryRead(ref line, ref frame))
            return true;
        line.Position = start;
        bool read = CallSite.TryRead(ref line, ref frame);
        if ((read && !frame.Has(FrameTraits.BareWord)) || !mayHoldRemark)
            return read;

        // A remark among the arguments: the call site is the word with the sign that only call sites have.
        LineCursor behind = line;
        line.Position = start;
        if (TrySkipRemark(ref line))
        {
            frame.Traits &= ~FrameTraits.BareWord;
            frame.Module = frame.Function = default;
            return CallSite.TryRead(ref line, ref frame);
        }

        line = behind;
        return read;
    }

    private static bool TrySkipRemark(ref LineCursor line)
    {
        int bang = line.Rest.IndexOf((byte)'!');
        if (bang < 1)
            return false;
        ReadOnlySpan<byte> before = line.Rest[..bang];
        int blank = before.LastIndexOfAny(" :"u8);
        bool isModule = blank >= 0 && blank < bang - 1 && !before[(blank + 1)..].ContainsAny(NotInModule);
        if (isModule)
            line.Position += blank + 1;
        return isModule;
    }

    /// <summary>Heap traces (<c>!heap -p -a</c>, umdh) print an address and a displacement of eight digits: <c>+0x0000002e</c>.</summary>
    private static bool HasPaddedDisplacement(ReadOnlySpan<byte> taken) =>
        taken.Length > 10 && taken[^10..].StartsWith("0x0"u8) && taken[^11] == '+';

    private static bool BeginsName(in FrameText frame)
    {
        ReadOnlySpan<byte> name = frame.Module.IsEmpty ? frame.Function : frame.Module;
        return !name.IsEmpty && (Letters.IsLetter(name[0]) || name[0] is (byte)'_' or (byte)'<');
    }

    /// <summary><c>gui3</c> under the head line of <c>kc</c>, or <c># 9 CreateSplash   [c:\main.cpp:274]</c> in a leak report.</summary>
    private static bool IsFrameWithoutModule(LineCursor line, ColumnLayout layout, bool hashed)
    {
        if (layout.IsCallSiteOnly)
            return line.AtEnd;
        line.SkipBlanks();
        return hashed && line.Next is 0 or (byte)'[';
    }
}

using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// What follows a call site: source lines <c>[c:\x.cpp @ 12]</c>, <c>(FPO: [2,0,0])</c>, <c>(TrapFrame @ ...)</c>,
/// <c>, calling x!y</c>, Visual Studio's columns, comments.
/// </summary>
internal static class TrailingNotes
{
    /// <summary>Takes from the notes what they say of the frame.</summary>
    public static void Read(ReadOnlySpan<byte> notes, ref FrameText frame)
    {
        if (notes.IsEmpty)
            return;
        if (notes.StartsWith(", calling "u8))
            frame.Traits |= FrameTraits.RawScan;
        ReadOnlySpan<byte> trimmed = notes.TrimStart(" \t"u8);
        if (Letters.StartsWithIgnoreCase(trimmed, "(inline"u8))
            frame.Traits |= FrameTraits.Inline;
        if (LeakCheckerAddress(trimmed))
            frame.Traits |= FrameTraits.Historic;
    }

    /// <summary><c>x ntdll!Ki* = ...</c> lists symbols, which are no frames; so does a line that ends in a colon (<c>u</c>, <c>ln</c>).</summary>
    public static bool IsAssignment(ReadOnlySpan<byte> notes)
    {
        ReadOnlySpan<byte> trimmed = notes.TrimStart(" \t"u8);
        bool assigns = trimmed.StartsWith("="u8) && !trimmed.StartsWith("=>"u8) && !trimmed.StartsWith("=="u8);
        return assigns || trimmed.SequenceEqual(":"u8) || trimmed.StartsWith("(no "u8);
    }

    /// <summary>Whether what follows a name without number and address may follow a frame: prose after one blank may not.</summary>
    public static bool MayFollowName(ReadOnlySpan<byte> notes, bool hasDisplacement)
    {
        if (notes.IsEmpty)
            return true;
        if (IsAssignment(notes))
            return false;

        ReadOnlySpan<byte> trimmed = notes.TrimStart(" \t"u8);
        bool wideGap = notes.Length - trimmed.Length > 1 || notes[0] == '\t';
        if (wideGap || trimmed.IsEmpty)
            return true;
        if (trimmed[0] is (byte)'[' or (byte)'(')
            return notes[0] == ' ';
        return hasDisplacement
            ? trimmed[0] is (byte)',' or (byte)'-' or (byte)'<' or (byte)'/' or (byte)'|' || !Letters.IsLetter(trimmed[0]) && notes[0] == ' '
            : trimmed.StartsWith("Line "u8) || trimmed[0] is (byte)'-' or (byte)'}' or (byte)';' or (byte)'<' or (byte)'='
                || trimmed.StartsWith("//"u8) || trimmed.StartsWith("\u2190"u8);
    }

    /// <summary><c>(0x71ec0d15 &lt;COMCTL32.dll+0x30d15&gt;)</c>: Dr. Memory's way of printing where a leak was allocated.</summary>
    private static bool LeakCheckerAddress(ReadOnlySpan<byte> notes) =>
        notes.StartsWith("(0x"u8) && notes.IndexOf(" <"u8) is > 0 and < 24;
}

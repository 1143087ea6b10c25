using System.Text;
using KCallbacks.PrintedStacks.Lines;

namespace KCallbacks.PrintedStacks.Frames;

/// <summary>
/// The column <c>Arch</c>, which the debugger prints on ARM64 for processes with emulated code: <c>01  ARM64EC 00000011`2233f020 ...</c>.
/// </summary>
internal static class ArchColumn
{
    private const int LongestName = 10;

    /// <summary>Skips the column at the cursor, if there is one; tells whether it names a kind of ARM64 code.</summary>
    /// <param name="line">The cursor, after the frame number.</param>
    /// <param name="isAnnounced">Whether the head line names the column, so that even an unknown word is one.</param>
    public static bool Skip(ref LineCursor line, bool isAnnounced)
    {
        LineCursor ahead = line;
        ahead.SkipBlanks();
        ReadOnlySpan<byte> word = ahead.TakeWord();
        if (word.IsEmpty || word.Length > LongestName || ahead.AtEnd)
            return false;

        bool isArm = Letters.StartsWithIgnoreCase(word, "arm64"u8);
        bool isKnown = isArm || IsIntel(word);
        if (!isKnown && !(isAnnounced && Ascii.IsValid(word) && Letters.IsLetter(word[0]) && !word.Contains((byte)'!')))
            return false;
        line = ahead;
        return isArm;
    }

    private static bool IsIntel(ReadOnlySpan<byte> word) =>
        Is(word, "amd64"u8) || Is(word, "x64"u8) || Is(word, "x86"u8) || Is(word, "chpe"u8) || Is(word, "i386"u8) || Is(word, "arm"u8);

    private static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(word, name);
}

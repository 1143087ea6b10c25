namespace KCallbacks.PrintedStacks.Threads;

/// <summary>
/// The lines with which <c>!wow64exts.k</c> introduces the halves of a thread: <c>Walking 64bit Stack...</c>, <c>Walking 32bit Stack...</c>,
/// in newer engines <c>Walking Native Stack...</c>, <c>Walking Guest (WoW) Stack...</c>.
/// </summary>
internal static class Wow64HalfLine
{
    /// <summary>Whether the line introduces a half; <paramref name="isGuest"/> says that it is the emulated, 32-bit one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out bool isGuest)
    {
        ReadOnlySpan<byte> line = text.Trim(" \t."u8);
        isGuest = line.IndexOf("32"u8) >= 0 || line.IndexOf("Guest"u8) >= 0;
        return line.StartsWith("Walking "u8) && line.EndsWith("Stack"u8);
    }
}

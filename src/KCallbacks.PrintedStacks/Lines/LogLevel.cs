using System.Text;

namespace KCallbacks.PrintedStacks.Lines;

/// <summary>Words with which logs say how grave a line is.</summary>
internal static class LogLevel
{
    public static bool IsWord(ReadOnlySpan<byte> word)
    {
        ReadOnlySpan<byte> plain = word.Trim("[]():"u8);
        return Is(plain, "trace"u8) || Is(plain, "debug"u8) || Is(plain, "verbose"u8) || Is(plain, "info"u8) || Is(plain, "information"u8)
            || Is(plain, "notice"u8) || Is(plain, "warn"u8) || Is(plain, "warning"u8) || Is(plain, "error"u8) || Is(plain, "err"u8)
            || Is(plain, "fatal"u8) || Is(plain, "critical"u8) || Is(plain, "severe"u8);
    }

    /// <summary>The single letters of Android's and Google's logs.</summary>
    public static bool IsLetter(ReadOnlySpan<byte> word) => word.Length == 1 && "VDIWEF"u8.Contains(word[0]);

    private static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> level) => Ascii.EqualsIgnoreCase(word, level);
}

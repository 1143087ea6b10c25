using System.Text;

namespace KCallbacks.PrintedStacks.Owners;

/// <summary>Words of a line as strings; what is longer than names are is cut.</summary>
internal static class Text
{
    private const int Longest = 260;

    public static string Of(ReadOnlySpan<byte> words) => Encoding.UTF8.GetString(words[..Math.Min(words.Length, Longest)].Trim(" \t"u8));
}

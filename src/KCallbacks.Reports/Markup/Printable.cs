using System.Globalization;
using System.Text;

namespace KCallbacks.Reports.Markup;

/// <summary>Makes text from the target harmless: names are data of a possibly hostile process, never layout.</summary>
internal static class Printable
{
    /// <summary>Longest text printed of a name; real symbol names end at dbghelp's MAX_SYM_NAME of 2,000 characters.</summary>
    public const int LongestName = 2_000;

    /// <summary>Shortest cut from which a name can still be guessed.</summary>
    public const int ShortestCut = 8;

    private const string Gap = "...";

    /// <summary>
    /// The text with control characters, line separators, invisible and direction-changing characters shown as
    /// <c>\x1b</c> or <c>\u202e</c>, and unpaired surrogates replaced; other Unicode stays as it is.
    /// </summary>
    public static string Of(string text)
    {
        int first = IndexOfHarmful(text, 0);
        if (first < 0)
            return text;

        var harmless = new StringBuilder(text.Length + 16);
        int copied = 0;
        for (int i = first; i >= 0; i = IndexOfHarmful(text, copied))
        {
            harmless.Append(text, copied, i - copied);
            harmless.Append(CultureInfo.InvariantCulture, $"{(text[i] < 0x100 ? "\\x" : "\\u")}{(int)text[i]:x2}");
            copied = i + 1;
        }

        return harmless.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>The text, its middle replaced by <c>...</c> where it is longer than <paramref name="length"/>.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
            return text;
        if (length <= Gap.Length)
            return Gap[..length];

        int tail = (length - Gap.Length) / 2;
        int head = length - Gap.Length - tail;
        if (char.IsHighSurrogate(text[head - 1]))
            head--;
        int rest = text.Length - tail;
        if (tail > 0 && char.IsLowSurrogate(text[rest]))
            rest++;
        return string.Concat(text.AsSpan(0, head), Gap, text.AsSpan(rest));
    }

    /// <summary>The text, its end replaced by <c>...</c> where it is longer than <paramref name="length"/>.</summary>
    public static string CutEnd(string text, int length)
    {
        if (text.Length <= length)
            return text;
        if (length <= Gap.Length)
            return Gap[..length];
        int head = length - Gap.Length;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[head - 1]) ? head - 1 : head), Gap);
    }

    private static int IndexOfHarmful(string text, int start)
    {
        for (int i = start; i < text.Length; i++)
        {
            if (text[i] is >= ' ' and <= '~')
                continue;
            if (char.IsSurrogatePair(text, i))
                i++;
            else if (IsHarmful(text[i]))
                return i;
        }

        return -1;
    }

    private static bool IsHarmful(char c) => char.GetUnicodeCategory(c) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or
        UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}

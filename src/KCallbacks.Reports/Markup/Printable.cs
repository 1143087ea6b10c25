using System.Globalization;
using System.Text;

namespace KCallbacks.Reports.Markup;

/// <summary>Makes text from the target harmless: names are data of a possibly hostile process, never layout.</summary>
public static class Printable
{
    /// <summary>Longest text printed of a name; real symbol names end at dbghelp's MAX_SYM_NAME of 2,000 characters.</summary>
    public const int LongestName = 2_000;

    /// <summary>
    /// Invisible characters that are neither control nor format characters by their category (<c>Default_Ignorable_Code_Point</c>
    /// of Unicode's <c>DerivedCoreProperties.txt</c>): fillers, variation selectors, places kept free for tags.
    /// </summary>
    private static readonly (int First, int Last)[] Ignorable =
    [
        (0x034f, 0x034f), (0x115f, 0x1160), (0x17b4, 0x17b5), (0x180b, 0x180f), (0x2065, 0x2065), (0x3164, 0x3164),
        (0xfe00, 0xfe0f), (0xffa0, 0xffa0), (0xfff0, 0xfff8), (0xe0000, 0xe0fff),
    ];

    /// <summary>
    /// The text with control characters, line separators, invisible and direction-changing characters shown as
    /// <c>\x1b</c>, <c>\u202e</c> or <c>\U000e0041</c>, and so are unpaired surrogates; other Unicode stays as it is.
    /// </summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
            return text;
        StringBuilder? harmless = null;
        int copied = 0;
        for (int i = 0; i < text.Length;)
        {
            int length = CharacterAt(text, i, out int code, out bool isHarmful);
            if (isHarmful)
            {
                harmless = (harmless ?? new StringBuilder(text.Length + 16)).Append(text, copied, i - copied);
                harmless.Append(Escape(code));
                copied = i + length;
            }

            i += length;
        }

        return harmless is null ? text : harmless.Append(text, copied, text.Length - copied).ToString();
    }

    private static string Escape(int code) => code switch
    {
        < 0x100 => string.Create(CultureInfo.InvariantCulture, $"\\x{code:x2}"),
        < 0x1_0000 => string.Create(CultureInfo.InvariantCulture, $"\\u{code:x4}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\U{code:x8}"),
    };

    private static int CharacterAt(string text, int index, out int code, out bool isHarmful)
    {
        code = text[index];
        isHarmful = false;
        if (code is >= ' ' and <= '~')
            return 1;
        if (!Rune.TryGetRuneAt(text, index, out Rune rune))
        {
            isHarmful = true;
            return 1;
        }

        code = rune.Value;
        isHarmful = IsHarmful(rune);
        return rune.Utf16SequenceLength;
    }

    private static bool IsHarmful(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || Ignorable.Any(range => rune.Value >= range.First && rune.Value <= range.Last);
}

using System.Collections.Frozen;
using System.Text;

namespace KCallbacks.PrintedStacks.Lines;

/// <summary>A tag of a web page or of the debugger's own markup (DML).</summary>
/// <param name="Length">Its length in the text.</param>
/// <param name="EndsLine">Whether a line ends here.</param>
/// <param name="IsBlock">Whether it begins or ends a block, of which several may do so at one line end.</param>
/// <param name="EndsCell">Whether a cell of a table ends here.</param>
internal readonly record struct HtmlTag(int Length, bool EndsLine, bool IsBlock, bool EndsCell)
{
    private const int LongestName = 10;
    private const int LongestTag = 512;

    private static readonly FrozenDictionary<string, Effect>.AlternateLookup<ReadOnlySpan<char>> Tags = MakeTags();

    private enum Effect
    {
        None,
        Line,
        Block,
        Cell,
        Break,
    }

    /// <summary>Reads the tag at the start of <paramref name="text"/>. Template arguments look alike: only names of tags are taken.</summary>
    /// <param name="text">Begins with <c>&lt;</c>.</param>
    /// <param name="before">The byte before; 0 when there is none.</param>
    /// <param name="tag">The tag.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, byte before, out HtmlTag tag)
    {
        tag = default;
        bool closes = text.Length > 1 && text[1] == '/';
        ReadOnlySpan<byte> inner = text[(closes ? 2 : 1)..Math.Min(text.Length, LongestTag)];
        int end = inner.IndexOf((byte)'>');
        if (end < 1 || inner[..end].Contains((byte)'<'))
            return false;
        int nameLength = inner[..end].IndexOfAnyExceptInRange((byte)'0', (byte)'z');
        nameLength = nameLength < 0 ? end : nameLength;
        if (nameLength is 0 or > LongestName)
            return false;

        Span<char> name = stackalloc char[LongestName];
        if (Ascii.ToLower(inner[..nameLength], name, out int letters) != System.Buffers.OperationStatus.Done
            || !Tags.TryGetValue(name[..letters], out Effect effect))
        {
            return false;
        }

        ReadOnlySpan<byte> attributes = inner[nameLength..end].TrimEnd((byte)'/').Trim(" \t"u8);
        bool isTag = closes || effect != Effect.None || (attributes.IsEmpty ? !EndsName(before) : attributes.Contains((byte)'='));
        tag = new HtmlTag((closes ? 3 : 2) + end, effect is Effect.Line or Effect.Block, effect == Effect.Block, effect == Effect.Cell && closes);
        return isTag;
    }

    /// <summary><c>List&lt;link&gt;</c> has the name of a template before it, which a tag has not.</summary>
    private static bool EndsName(byte before) => Letters.IsLetter(before) || Letters.IsDigit(before) || before is (byte)'_' or (byte)'>';

    private static FrozenDictionary<string, Effect>.AlternateLookup<ReadOnlySpan<char>> MakeTags()
    {
        string[] blocks = ["p", "div", "li", "tr", "pre", "hr", "h1", "h2", "h3", "h4", "ul", "ol", "table", "blockquote"];
        string[] cells = ["td", "th"];
        string[] others =
        [
            "span", "strong", "em", "b", "i", "u", "s", "a", "code", "font", "tt", "kbd", "samp", "mark", "small", "big", "sub", "sup",
            "img", "tbody", "thead", "html", "body", "details", "summary", "section", "article", "link", "exec", "altlink", "col",
        ];
        return blocks.Select(name => (name, Effect.Block))
            .Append(("br", Effect.Line))
            .Append(("wbr", Effect.Break))
            .Concat(cells.Select(name => (name, Effect.Cell)))
            .Concat(others.Select(name => (name, Effect.None)))
            .ToFrozenDictionary(tag => tag.Item1, tag => tag.Item2)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }
}

namespace KCallbacks.Reports.Markup;

/// <summary>Prose on a page: broken between words, continued below its own beginning.</summary>
public static class Paragraph
{
    /// <summary>Characters printed of a text, whatever names it quotes; far below what the engine takes in one call.</summary>
    private const int LongestText = Line.EngineLimit / 8;

    /// <summary>The text's lines, none wider than the page except for a word that is wider itself.</summary>
    /// <param name="lead">What stands before the text; continued lines are indented by its width.</param>
    /// <param name="text">The text; it may quote names of the target.</param>
    /// <param name="emphasis">How it stands out.</param>
    public static IEnumerable<Line> Lines(string lead, string text, Emphasis emphasis = Emphasis.Normal) => Lines(lead, text, Page.Width, emphasis);

    /// <summary>The same for a page of another width.</summary>
    internal static IEnumerable<Line> Lines(string lead, string text, int width, Emphasis emphasis = Emphasis.Normal)
    {
        string margin = lead;
        string rest = Printable.Of(Fold.Long(text, LongestText));
        while (EndOfLine(rest, width - lead.Length) is > 0 and int end)
        {
            yield return Line.Of(margin + rest[..end], emphasis);
            margin = new string(' ', lead.Length);
            rest = rest[(end + 1)..];
        }

        yield return Line.Of(margin + rest, emphasis);
    }

    /// <summary>Where the space is that ends the first line; -1 when the text is the last line.</summary>
    private static int EndOfLine(string text, int width)
    {
        if (text.Length <= width)
            return -1;
        int last = text.LastIndexOf(' ', width);
        return last > 0 ? last : text.IndexOf(' ', width);
    }
}

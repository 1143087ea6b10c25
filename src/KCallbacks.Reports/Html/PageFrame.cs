namespace KCallbacks.Reports.Html;

/// <summary>What stands around the content of every page: one file that fetches nothing and can be read without its script.</summary>
/// <param name="Headline">What the page says, in one sentence.</param>
public sealed record PageFrame(string Headline)
{
    /// <summary>What it is about, in one line.</summary>
    public string Facts { get; init; } = "";

    /// <summary>What is missing or doubtful.</summary>
    public IEnumerable<string> Warnings { get; init; } = [];

    /// <summary>What its lanes and rows are, for people.</summary>
    public string Things { get; init; } = "threads";

    /// <summary>What the filter looks through, in a few words.</summary>
    public required string Filtered { get; init; }

    /// <summary>Explains the marks.</summary>
    public required string Legend { get; init; }

    /// <summary>The lines of the page.</summary>
    /// <param name="items">Its content.</param>
    public IEnumerable<string> Lines(IEnumerable<PageItem> items)
    {
        yield return "<!DOCTYPE html>";
        yield return "<html lang=\"en\"><head><meta charset=\"utf-8\">";
        yield return $"<meta http-equiv=\"Content-Security-Policy\" content=\"{PageParts.Policy}\">";
        yield return "<meta name=\"viewport\" content=\"width=device-width\"><meta name=\"referrer\" content=\"no-referrer\">";
        yield return $"<title>{HtmlText.Of(Headline)}</title>";
        yield return $"<style>{PageParts.Style}</style></head><body>";
        yield return $"<header><h1>{HtmlText.Of(Headline)}</h1>";
        yield return $"<p class=\"facts\">{HtmlText.Of(Facts)}</p>";
        foreach (string warning in Warnings)
            yield return $"<p class=\"warning\">{HtmlText.Of(warning)}</p>";
        yield return "</header>";
        yield return $"<div class=\"tools\" hidden><label>Filter <input id=\"filter\" type=\"search\" placeholder=\"{HtmlText.Of(Filtered)}\"></label> <span id=\"shown\" role=\"status\" data-things=\"{HtmlText.Of(Things)}\"></span> <span class=\"subdued\">/ filters, j and k go through the {HtmlText.Of(Things)}, Enter opens one</span></div><main>";
        foreach (string line in PageItems.Lines(items))
            yield return line;
        yield return $"</main><footer><p class=\"subdued\">{HtmlText.Of($"{Product.Name} {Product.Version}. {Legend}")}</p></footer>";
        yield return $"<script>{PageParts.Script}</script></body></html>";
    }
}

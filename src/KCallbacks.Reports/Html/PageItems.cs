using System.Text;

namespace KCallbacks.Reports.Html;

/// <summary>
/// The items of a page on their way into it. The first ones are there when it opens; the others lie in pieces of text, <c>noscript</c>, which a
/// browser with scripts takes as one node each, and the script builds where somebody looks. A browser without scripts shows them all. So a page
/// opens as fast with 20,000 threads as with 200.
/// </summary>
internal static class PageItems
{
    /// <summary>Characters of markup that are built when the page opens: some screens.</summary>
    private const int BuiltAtOnce = 150_000;

    /// <summary>Characters of a piece that is built together.</summary>
    private const int Piece = 60_000;

    /// <summary>Stands between the items of a piece.</summary>
    private const string Border = "<!---->";

    /// <summary>The markup, a line per item or piece.</summary>
    public static IEnumerable<string> Lines(IEnumerable<PageItem> items)
    {
        int built = 0;
        var piece = new LaterPiece();
        foreach (PageItem item in items)
        {
            if (built < BuiltAtOnce)
            {
                built += item.Html.Length;
                yield return item.Html.Replace(PageItem.Slot, item.Folded.Length == 0 ? "" : $"<noscript>{item.Folded}</noscript>", StringComparison.Ordinal);
                continue;
            }

            piece.Add(item);
            if (piece.Length < Piece)
                continue;
            yield return piece.ToString();
            piece = new LaterPiece();
        }

        if (piece.Length > 0)
            yield return piece.ToString();
    }

    private sealed class LaterPiece
    {
        private readonly StringBuilder _items = new();
        private int _height;
        private int _threads;

        public int Length => _items.Length;

        public void Add(PageItem item)
        {
            _items.Append(item.Html.Replace(PageItem.Slot, item.Folded, StringComparison.Ordinal)).Append(Border);
            _height += item.Height;
            _threads += item.Threads;
        }

        public override string ToString() => FormattableString.Invariant($"<div class=\"later\" data-height=\"{_height}\" data-threads=\"{_threads}\"><noscript>{_items}</noscript></div>");
    }
}

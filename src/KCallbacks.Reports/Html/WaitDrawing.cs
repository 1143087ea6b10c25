using System.Globalization;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Waits;
using KCallbacks.Reports.Phrases;

namespace KCallbacks.Reports.Html;

/// <summary>A drawing of who waits for whom in one finding: who must let go stands on the right.</summary>
internal static class WaitDrawing
{
    /// <summary>Threads that are drawn; more would not be told apart.</summary>
    private const int Most = 40;

    private const int BoxWidth = 230;
    private const int BoxHeight = 46;
    private const int ColumnWidth = 310;
    private const int RowHeight = 96;

    /// <summary>The drawing; null where no thread waits for another one of the target.</summary>
    public static PageItem? Of(HangFinding finding, HangResult result)
    {
        int[] threads = [.. finding.Threads.Where(position => result.Of(position) is not null).Distinct().Take(Most)];
        var drawn = threads.ToHashSet();
        (int From, int To, WaitProof Proof)[] edges = [.. threads.SelectMany(position => EdgesOf(position, result)).Where(edge => drawn.Contains(edge.To)).Distinct()];
        if (edges.Length == 0)
            return null;
        Dictionary<int, (int X, int Y)> places = Place(threads, [.. edges.Where(edge => !ClosesCircle(edge.From, edge.To, finding))]);
        int width = places.Values.Max(place => place.X) + BoxWidth + 60, height = places.Values.Max(place => place.Y) + BoxHeight + 50;
        string[] lines =
        [
            Text($"<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"who waits for whom\">"),
            "<defs><marker id=\"arrow\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0L10 5L0 10z\"/></marker></defs>",
            .. edges.Select(edge => Arrow(places[edge.From], places[edge.To], edge.Proof)),
            .. threads.Select(position => Box(result.Of(position)!, places[position])),
            "</svg>",
            finding.Threads.Length > threads.Length ? Text($"<p class=\"subdued\">{finding.Threads.Length - threads.Length} more threads are not drawn.</p>") : "",
        ];
        return new PageItem(string.Concat(lines), height);
    }

    private static IEnumerable<(int From, int To, WaitProof Proof)> EdgesOf(int position, HangResult result) =>
        from wait in result.Of(position)!.Waits?.Waits ?? []
        from owner in wait.Owners
        where owner.Position is not null
        select (position, owner.Position!.Value, wait.Proof);

    /// <summary>A circle is drawn from its first thread to its last; the way back is bent.</summary>
    private static bool ClosesCircle(int from, int to, HangFinding finding) => !finding.Cycle.IsEmpty && from == finding.Cycle[^1] && to == finding.Cycle[0];

    /// <summary>A thread stands as many columns left of the end as there are threads between.</summary>
    private static Dictionary<int, (int X, int Y)> Place(int[] threads, (int From, int To, WaitProof Proof)[] edges)
    {
        var columns = threads.ToDictionary(thread => thread, _ => 0);
        for (int round = 0; round < Most; round++)
        {
            foreach ((int from, int to, _) in edges.Where(edge => edge.From != edge.To))
                columns[from] = Math.Min(Math.Max(columns[from], columns[to] + 1), threads.Length - 1);
        }

        int widest = Math.Min(columns.Values.Max(), 6);
        var rows = new Dictionary<int, int>();
        return threads.ToDictionary(thread => thread, thread =>
        {
            int column = widest - Math.Min(columns[thread], widest);
            int row = rows.GetValueOrDefault(column);
            rows[column] = row + 1;
            return (10 + (column * ColumnWidth), 10 + (row * RowHeight));
        });
    }

    private static string Arrow((int X, int Y) from, (int X, int Y) to, WaitProof proof)
    {
        string likely = proof == WaitProof.Certain ? "" : " class=\"likely\"";
        int middle = BoxHeight / 2;
        if (from.X < to.X)
            return Text($"<path{likely} d=\"M{from.X + BoxWidth} {from.Y + middle}L{to.X} {to.Y + middle}\" marker-end=\"url(#arrow)\"/>");
        int start = from.X + (BoxWidth / 2), end = to.X + (BoxWidth / 2), low = Math.Max(from.Y, to.Y) + BoxHeight;
        if (from.X == to.X && from.Y != to.Y)
            return Text($"<path{likely} d=\"M{start} {(from.Y < to.Y ? from.Y + BoxHeight : from.Y)}L{end} {(from.Y < to.Y ? to.Y : to.Y + BoxHeight)}\" marker-end=\"url(#arrow)\"/>");
        // Back: around below the boxes. A thread that waits for itself: below its own.
        start += from == to ? 30 : 0;
        end -= from == to ? 30 : 0;
        return Text($"<path{likely} d=\"M{start} {from.Y + BoxHeight}C{start} {low + 44} {end} {low + 44} {end} {to.Y + BoxHeight}\" marker-end=\"url(#arrow)\"/>");
    }

    private static string Box(HangThread thread, (int X, int Y) place)
    {
        string name = HtmlText.Of($"thread {ThreadName.Of(thread.Finding.Thread)}");
        string wait = WaitPhrases.Of(thread).Text;
        string what = HtmlText.Of(wait.Length > 24 ? wait[..23] + "..." : wait);
        return Text($"<a href=\"#{Lane.IdOf(thread)}\"><g{(thread.IsUiThread ? " class=\"window\"" : "")}><rect x=\"{place.X}\" y=\"{place.Y}\" width=\"{BoxWidth}\" height=\"{BoxHeight}\" rx=\"4\"/><text x=\"{place.X + 8}\" y=\"{place.Y + 18}\">{name}</text><text x=\"{place.X + 8}\" y=\"{place.Y + 36}\">{what}</text><title>{HtmlText.Of(wait)}</title></g></a>");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;
using KCallbacks.Reports.Html;

namespace KCallbacks.Triage.Buckets;

/// <summary>A report as one page: a lane per bucket, which leads through the callbacks to the wait, as those of threads do.</summary>
public static class BucketPage
{
    private const int CourseWidth = 160;
    private const int CourseHeight = 24;
    private const int LaneHeight = 95;

    /// <summary>The lines of the page.</summary>
    /// <param name="report">The report.</param>
    /// <param name="top">Buckets that are shown; 0 for all.</param>
    public static IEnumerable<string> Lines(BucketReport report, int top)
    {
        ArgumentNullException.ThrowIfNull(report);
        var frame = new PageFrame(BucketWords.Summary(report))
        {
            Facts = string.Join(" | ", new[] { BucketWords.SummaryBefore(report), StatesOf(report) }.OfType<string>().Where(fact => fact.Length > 0)),
            Warnings = report.Damaged > 0 ? [$"{BucketWords.Number(report.Damaged)} lines of the stores are no rows and are left out."] : [],
            Things = BucketWords.Plural(report.Query.By),
            Filtered = "callback, wait, module, program, version",
            Legend = "?: one part is not known. *: any number of callbacks. new, back, grown, fallen, gone: against the earlier period.",
        };
        return frame.Lines(Items(report, top));
    }

    private static string StatesOf(BucketReport report) => string.Join(", ", report.States.Select(state => $"{BucketWords.Number(state.Count)} {state.Text}"));

    private static IEnumerable<PageItem> Items(BucketReport report, int top)
    {
        Bucket[] frequent = [.. report.Buckets.Where(bucket => bucket.Count > 0)];
        Bucket[] shown = [.. top == 0 ? frequent : frequent.Take(top)];
        HashSet<string> lanes = [.. shown.Select(bucket => bucket.Key)];
        foreach ((BucketChange change, string title) in ((BucketChange, string)[])[(BucketChange.New, "New"), (BucketChange.Back, "Back"), (BucketChange.Grown, "Grown")])
        {
            Bucket[] changed = [.. report.All.Where(bucket => bucket.Change == change)];
            if (changed.Length == 0)
                continue;
            yield return Heading($"{title}: {BucketWords.Number(changed.Length)}");
            foreach (Bucket bucket in top == 0 ? changed : changed.Take(top))
                yield return Row(bucket, report, lanes.Contains(bucket.Key));
        }

        yield return Heading(shown.Length < frequent.Length ? $"The {BucketWords.Number(shown.Length)} most frequent of {BucketWords.Number(frequent.Length)}" : "By frequency");
        foreach (Bucket bucket in shown)
            yield return Lane(bucket, report);
        Bucket[] gone = [.. report.All.Where(bucket => bucket.Change == BucketChange.Gone)];
        if (gone.Length == 0)
            yield break;
        yield return Heading($"Gone: {BucketWords.Number(gone.Length)}");
        foreach (Bucket bucket in top == 0 ? gone : gone.Take(top))
            yield return Row(bucket, report, hasLane: false);
    }

    private static PageItem Heading(string text) => new($"<h2>{HtmlText.Of(text)}</h2>", Height: 50);

    /// <summary>A bucket in one line, which leads to its lane where it has one.</summary>
    private static PageItem Row(Bucket bucket, BucketReport report, bool hasLane)
    {
        string key = hasLane && bucket.Id is { } id ? $"<a href=\"#b{HtmlText.Of(id)}\">{HtmlText.Of(bucket.Key)}</a>" : HtmlText.Of(bucket.Key);
        return new PageItem($"<div class=\"row\" data-threads=\"0\">{key}  {HtmlText.Of(CountsOf(bucket, report))}</div>", Height: 21);
    }

    private static PageItem Lane(Bucket bucket, BucketReport report)
    {
        string id = bucket.Id is { } known ? $" id=\"b{HtmlText.Of(known)}\"" : "";
        string change = bucket.Change == BucketChange.None ? "" : $" <span class=\"warning\">{HtmlText.Of(BucketWords.Of(bucket.Change))}</span>";
        string partials = string.Concat(bucket.Partials.Select(partial => $"<br>may be of it: {HtmlText.Of(partial.Key)}, {HtmlText.Of(BucketWords.Number(partial.Count))}"));
        string html = $"<div class=\"lane\"{id}>{WayOf(bucket)}<details><summary><b>{HtmlText.Of(CountsOf(bucket, report))}</b>{change} {HtmlText.Of(bucket.Machines == 0 ? "" : $"on {BucketWords.Number(bucket.Machines)} {(bucket.Machines == 1 ? "machine" : "machines")},")} {HtmlText.Of(BucketWords.Programs(bucket))} <span class=\"subdued\">{HtmlText.Of(SeenOf(bucket))}</span>{partials}</summary>"
            + $"{CourseOf(bucket, report)}{CommandOf(bucket)}{SharesOf(bucket)}</details></div>";
        return new PageItem(html, LaneHeight) { Threads = 1 };
    }

    private static string CountsOf(Bucket bucket, BucketReport report) =>
        $"{BucketWords.Number(bucket.Count)} {(bucket.Count == 1 ? "hang" : "hangs")} ({BucketWords.Share(bucket.Count, report.Hangs)})"
        + (report.Query.ComparedSince is null ? "" : $", {BucketWords.Number(bucket.Earlier)} before");

    private static string SeenOf(Bucket bucket) => bucket.First is null ? "" : $"first {BucketWords.Day(bucket.First)}, last {BucketWords.Day(bucket.Last)}";

    /// <summary>The way through the callbacks to the wait. What is counted by something else has none.</summary>
    private static string WayOf(Bucket bucket)
    {
        if (bucket.Id is null || bucket.Key.Split('|') is not [_, var chain, var wait, var handler])
            return $"<p><b>{HtmlText.Of(bucket.Key)}</b></p>";
        var user = new StringBuilder("<td class=\"user\">program</td>");
        var kernel = new StringBuilder("<td></td>");
        string[] callbacks = chain == "-" ? [] : chain.Split('/');
        for (int i = 0; i < callbacks.Length; i++)
        {
            string code = i == callbacks.Length - 1 && handler != "?" ? $"{callbacks[i]} {handler}" : callbacks[i];
            user.Append("<td></td><td class=\"user\">").Append(HtmlText.Of(code)).Append("</td>");
            kernel.Append("<td class=\"kernel\">system call</td><td></td>");
        }

        if (callbacks.Length == 0)
            user.Replace("program", HtmlText.Of(handler == "?" ? "program" : handler));
        user.Append("<td></td>");
        kernel.Append("<td class=\"wait\">").Append(HtmlText.Of(wait)).Append("</td>");
        return $"<p class=\"subdued\">{HtmlText.Of($"{bucket.Id}  {bucket.Key}")}</p><table><tr><th scope=\"row\">user</th>{user}</tr><tr><th scope=\"row\">kernel</th>{kernel}</tr></table>";
    }

    /// <summary>The hangs over time, as bars.</summary>
    private static string CourseOf(Bucket bucket, BucketReport report)
    {
        if (bucket.Course.IsEmpty || bucket.Course.Max() is not (> 0 and var most))
            return "";
        double width = (double)CourseWidth / bucket.Course.Length;
        IEnumerable<string> bars = bucket.Course.Select((count, i) => (count, i)).Where(part => part.count > 0).Select(part =>
        {
            double height = Math.Max(1.0, (double)part.count * CourseHeight / most);
            return string.Create(CultureInfo.InvariantCulture, $"<rect x=\"{part.i * width:0.##}\" y=\"{CourseHeight - height:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\"/>");
        });
        string label = $"hangs from {BucketWords.Day(report.First)} to {BucketWords.Day(report.Last)}";
        return string.Create(CultureInfo.InvariantCulture, $"<svg width=\"{CourseWidth}\" height=\"{CourseHeight}\" viewBox=\"0 0 {CourseWidth} {CourseHeight}\" role=\"img\" aria-label=\"{HtmlText.Of(label)}\">{string.Concat(bars)}</svg>");
    }

    private static string CommandOf(Bucket bucket) => bucket.Example is { } example
        ? $"<p>{HtmlText.Of(example.Path)}<br><button type=\"button\" data-copy=\"{HtmlText.Of(example.Command)}\" title=\"copy\">{HtmlText.Of(example.Command)}</button></p>"
        : "";

    private static string SharesOf(Bucket bucket)
    {
        IEnumerable<string> lists = new[] { ("programs", bucket.Programs), ("versions", bucket.Versions), ("Windows", bucket.Windows) }
            .Where(list => !list.Item2.IsEmpty)
            .Select(list => $"{list.Item1}: {string.Join(", ", list.Item2.Select(share => $"{share.Text} ({BucketWords.Number(share.Count)})"))}");
        return string.Concat(lists.Select(list => $"<p>{HtmlText.Of(list)}</p>"));
    }
}

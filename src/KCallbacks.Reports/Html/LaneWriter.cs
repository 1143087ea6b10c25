using KCallbacks.Detection.Hangs;
using KCallbacks.Reports.Phrases;
using KCallbacks.Reports.Text;

namespace KCallbacks.Reports.Html;

/// <summary>Writes lanes; threads that came the same way and wait for the same share one, which unfolds to each of them.</summary>
internal sealed class LaneWriter(ReportView view)
{
    /// <summary>Pixels of a lane.</summary>
    private const int Height = 90;

    /// <summary>Stacks that a page holds; with more it would be too large to send.</summary>
    private int _stacksLeft = 2_000;

    /// <summary>The lanes, in the order of their first threads.</summary>
    public IEnumerable<PageItem> Items(IEnumerable<HangThread> threads) => threads
        .Select(thread => (Thread: thread, Lane: new Lane(thread, view)))
        .GroupBy(pair => (pair.Lane.Way, pair.Lane.State))
        .Select(group => Item([.. group]));

    private PageItem Item((HangThread Thread, Lane Lane)[] alike)
    {
        (HangThread first, Lane lane) = alike[0];
        string count = Counted.Number(alike.Length);
        string title = alike.Length == 1 ? lane.Title : $"{lane.Title} <b>x {count}</b>";
        string others = alike.Length == 1 ? "" : $"<details class=\"alike\"><summary>{HtmlText.Of($"{Counted.Of(alike.Length - 1, "more thread", "more threads")} the same: {NumberRanges.Of(alike.Skip(1).Select(pair => pair.Thread.Finding.Thread))}")}</summary>{PageItem.Slot}</details>";
        return new PageItem(
            $"<div class=\"lane\" id=\"{Lane.IdOf(first)}\" data-threads=\"{count}\">{lane.Way}<details><summary>{title}{lane.State}</summary><p>{lane.Commands}</p>{StackOf(first)}{others}</details></div>",
            Height)
        {
            Threads = alike.Length,
            Folded = string.Concat(alike.Skip(1).Select(pair => $"<details class=\"thread\" id=\"{Lane.IdOf(pair.Thread)}\"><summary>{pair.Lane.Title}</summary><p>{pair.Lane.Commands}</p>{StackOf(pair.Thread)}</details>")),
        };
    }

    private string StackOf(HangThread thread) => _stacksLeft-- > 0
        ? $"<pre>{string.Join('\n', StackView.Lines(thread, view).Select(HtmlText.Of))}</pre>"
        : "<p class=\"subdued\">Stack and evidence: -v of the command line.</p>";
}

using System.Collections.Immutable;
using System.Globalization;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Waits;
using KCallbacks.Reports.Markup;
using KCallbacks.Reports.Phrases;
using KCallbacks.Reports.Rows;

namespace KCallbacks.Reports.Text;

/// <summary>What <c>-w</c> shows: who waits for whom, every chain, and who was not followed.</summary>
internal sealed class ChainLines
{
    /// <summary>Rows of a chain that are shown whole.</summary>
    private const int Most = 8;

    /// <summary>Rows shown of a longer one, from its beginning and its end.</summary>
    private const int First = 4;
    private const int Last = 2;

    private readonly ReportView _view;
    private readonly List<Chain> _chains = [];

    private ChainLines(ReportView view)
    {
        _view = view;
        foreach (HangFinding finding in view.Result.Findings.Where(finding => finding.Form == HangForm.Circle))
            _chains.Add(new Chain($"Deadlock, {DisplayText.Of(finding.Proof)}{End(finding)}", Rows(finding.Cycle), Rows(Sorted(finding.Behind)), "behind it:"));
        foreach (WaitHead head in view.Result.Waits?.Heads ?? [])
            _chains.Add(OfHead(head));
        HashSet<int> placed = [.. _chains.SelectMany(chain => chain.Positions)];
        HangThread[] alone = [.. view.Result.Threads.Where(thread => thread.IsBlocked && !placed.Contains(thread.Position) && thread.Activity != ThreadActivity.Sleeps)];
        if (alone.Length > 0)
            _chains.Add(new Chain("Nobody on record", view.RowsOf(alone), [], ""));
    }

    /// <summary>The lines.</summary>
    public static IEnumerable<Line> Of(ReportView view) => new ChainLines(view).Lines();

    private IEnumerable<Line> Lines()
    {
        Chain[] chosen = [.. _chains.Where(IsAskedFor).Select(chain => _view.Filter.All ? chain : chain.Merged())];
        ImmutableArray<ThreadRow> rows = [.. chosen.SelectMany(chain => chain.Rows.AddRange(chain.Behind))];
        var table = new RowTable(rows, _view.Page);
        if (chosen.Length == 0)
            yield return Line.Of(_view.Filter.IsRestricting ? "No chain of waits holds these threads." : "No thread waits for another, as far as is known.");
        for (int i = 0; i < chosen.Length; i++)
        {
            yield return Line.Empty;
            yield return Line.Of(string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {chosen[i].Title}"), Emphasis.Strong);
            foreach (Line line in Shown(chosen[i].Rows, table))
                yield return line;
            if (chosen[i].Behind.IsEmpty)
                continue;
            if (chosen[i].BehindTitle.Length > 0)
                yield return Line.Of($"   {chosen[i].BehindTitle}");
            foreach (Line line in Shown(chosen[i].Behind, table))
                yield return line;
        }

        foreach (Line line in _view.Filter.IsRestricting ? [] : NotFollowed())
            yield return line;
        foreach (Line line in Warnings.Lines(_view).Concat(Advice.Legend(_view, rows)).Concat(Advice.Next(_view, isMerged: false)))
            yield return line;
    }

    private bool IsAskedFor(Chain chain) =>
        !_view.Filter.IsRestricting || chain.Threads.Any(thread => _view.Filter.Selects(thread.Finding, _view.Report));

    private IEnumerable<Line> Shown(ImmutableArray<ThreadRow> rows, RowTable table)
    {
        bool isLong = rows.Length > Most && !_view.Filter.All;
        for (int i = 0; i < rows.Length; i++)
        {
            if (isLong && i == First)
            {
                yield return Line.Of(string.Create(CultureInfo.InvariantCulture, $"   ... {rows.Length - First - Last} more: {Advice.Command(_view, "-w -a")}"));
                i = rows.Length - Last;
            }

            yield return table.Of(rows[i]);
        }
    }

    private IEnumerable<Line> NotFollowed()
    {
        bool isFirst = true;
        foreach (HangThread thread in _view.Result.Threads.Where(thread => thread.IsAnswered))
        {
            if (isFirst)
                yield return Line.Empty;
            isFirst = false;
            HangThread receiver = _view.Result.Of(thread.Waits!.Waits[0].Owners[0].Position!.Value)!;
            string place = receiver.StandsIn is { } function ? $" (in {SymbolText.Of(function)})" : "";
            foreach (Line line in _view.Prose($"No block: {ThreadName.Of(thread.Finding.Thread)} waits for a window of {ThreadName.Of(receiver.Finding.Thread)}, which answers messages{place}."))
                yield return line;
        }

        int work = _view.Result.Threads.Count(thread => thread.WaitsForWork);
        int messages = _view.Result.Threads.Count(thread => thread is { Activity: ThreadActivity.Pumps, HoldsUp: 0 });
        string[] parts = [.. work > 0 ? [$"{Counted.Of(work, "thread waits", "threads wait")} for work (thread pool, RPC)"] : Array.Empty<string>(), .. messages > 0 ? [$"{(work > 0 ? Counted.Number(messages) : Counted.Of(messages, "thread waits", "threads wait"))} for messages"] : Array.Empty<string>()];
        if (parts.Length == 0)
            yield break;
        if (isFirst)
            yield return Line.Empty;
        yield return Line.Of($"Not followed: {string.Join(", ", parts)}. -a lists them.");
    }

    private Chain OfHead(WaitHead head)
    {
        string title = $"Thread {ThreadName.Of(head.Thread, _view.Result)} holds up {Counted.Number(head.Behind.Length)}{(head.Proof == WaitProof.Likely ? ", likely" : "")}";
        return new Chain(title, head.Thread.Position is { } position ? Rows([position]) : [], Rows(Sorted(head.Behind)), "");
    }

    private ImmutableArray<ThreadRow> Rows(IEnumerable<int> positions) => _view.RowsOf(positions);

    private static IEnumerable<int> Sorted(ImmutableArray<int> positions) => positions.Order();

    private static string End(HangFinding finding) => finding.EndsAfter is { } time ? $", until a time-out of {Counted.Time(time)}" : "";

    private sealed record Chain(string Title, ImmutableArray<ThreadRow> Rows, ImmutableArray<ThreadRow> Behind, string BehindTitle)
    {
        public IEnumerable<HangThread> Threads => Rows.Concat(Behind).SelectMany(row => row.Threads);

        public IEnumerable<int> Positions => Threads.Select(thread => thread.Position);

        public Chain Merged() => this with { Behind = RowMerge.Of(Behind, isWanted: false), Rows = BehindTitle.Length == 0 ? RowMerge.Of(Rows, isWanted: false) : Rows };
    }
}

using System.Collections.Immutable;
using KCallbacks.Detection.Hangs;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Phrases;
using KCallbacks.Reports.Rows;

namespace KCallbacks.Reports.Text;

/// <summary>The rows of the command without options: the worst finding, others, then the other threads in callbacks, within one screen.</summary>
internal sealed class DefaultRows
{
    /// <summary>Rows of one screen, the result, counts and advice around them.</summary>
    private const int Most = 15;

    /// <summary>Findings told after the worst one.</summary>
    private const int OtherFindings = 2;

    private readonly ReportView _view;
    private readonly HashSet<int> _shown = [];
    private int _left = Most;

    /// <summary>Chooses the rows.</summary>
    public DefaultRows(ReportView view)
    {
        _view = view;
        Main = [.. MainSections()];
        Also = [.. AlsoSections()];
        Others = OtherThreads();
    }

    /// <summary>The worst finding: the circle, those behind it and the head. Without one, the threads in callbacks.</summary>
    public ImmutableArray<RowSection> Main { get; }

    /// <summary>The other findings.</summary>
    public ImmutableArray<RowSection> Also { get; }

    /// <summary>Threads in callbacks that no finding holds.</summary>
    public RowSection Others { get; }

    /// <summary>All rows.</summary>
    public IEnumerable<ThreadRow> All => [.. Main.Concat(Also).SelectMany(section => section.Rows), .. Others.Rows];

    /// <summary>Threads of findings and in callbacks for which there was no room.</summary>
    public int LeftOut { get; private set; }

    private IEnumerable<RowSection> MainSections()
    {
        if (_view.Blocking.IsEmpty)
        {
            yield return new RowSection("", Choose(InOrder(_view.Result.Threads.Where(IsShownWithoutFinding))));
            yield break;
        }

        HangFinding worst = _view.Blocking[0];
        if (!worst.Cycle.IsEmpty)
            yield return new RowSection("", Choose(worst.Cycle.Select(_view.Result.Of)));
        if (!worst.Cycle.IsEmpty && worst.Behind.IsEmpty)
            yield break;
        IEnumerable<HangThread?> behind = WindowsFirst(worst.Behind);
        yield return new RowSection("", Choose(worst.Head?.Position is { } head ? behind.Append(_view.Result.Of(head)) : behind, keepsLast: worst.Head is not null));
    }

    private IEnumerable<RowSection> AlsoSections()
    {
        HangFinding[] others = [.. _view.Blocking.Skip(1)];
        foreach (HangFinding finding in others.Take(OtherFindings))
        {
            string sentence = _view.Sentence.Of(finding);
            yield return new RowSection($"Also: {sentence}", Choose([.. finding.Cycle.Select(_view.Result.Of), .. WindowsFirst(finding.Behind), .. finding.Head?.Position is { } head ? [_view.Result.Of(head)] : Array.Empty<HangThread?>()]));
        }

        if (others.Length > OtherFindings)
            yield return new RowSection($"Also: {others.Length - OtherFindings} more, -w", []);
    }

    private RowSection OtherThreads()
    {
        if (_view.Blocking.IsEmpty)
            return new RowSection("", []);
        HangThread[] others = [.. InOrder(_view.Result.Threads.Where(thread => thread.Finding.Depth > 0 && !_shown.Contains(thread.Position)))];
        string count = others.Length == 1 ? "One" : Counted.Number(others.Length);
        return new RowSection(others.Length == 0 ? "" : $"{count} more in a callback:", Choose(others));
    }

    private static bool IsShownWithoutFinding(HangThread thread) =>
        thread.Finding.Depth > 0 || (thread is { IsUiThread: true, Activity: ThreadActivity.Runs or ThreadActivity.Returning or ThreadActivity.Unknown } && thread.Finding.Verdict != Verdict.Unknown) || (thread.IsAnswered && thread.IsUiThread);

    /// <summary>Blocked threads first, then those that run, return, and wait for messages.</summary>
    private static IEnumerable<HangThread> InOrder(IEnumerable<HangThread> threads) => threads.OrderBy(thread => thread.Activity switch
    {
        ThreadActivity.Waits or ThreadActivity.Sleeps => 0,
        ThreadActivity.Unknown => 1,
        ThreadActivity.Runs => 2,
        ThreadActivity.Returning => 3,
        _ => 4,
    });

    private IEnumerable<HangThread?> WindowsFirst(ImmutableArray<int> positions) =>
        positions.Order().Select(_view.Result.Of).OrderBy(thread => thread?.IsUiThread == true ? 0 : 1);

    /// <summary>As many rows as there is room for; a head stays in any case.</summary>
    private ImmutableArray<ThreadRow> Choose(IEnumerable<HangThread?> threads, bool keepsLast = false)
    {
        ImmutableArray<ThreadRow> rows = RowMerge.Of(_view.RowsOf(threads.OfType<HangThread>().Where(thread => _shown.Add(thread.Position))), isWanted: false);
        int room = Math.Max(_left, 1);
        _left -= Math.Min(rows.Length, room);
        if (rows.Length <= room)
            return rows;
        ImmutableArray<ThreadRow> kept = keepsLast && room > 1 ? [.. rows[..(room - 1)], rows[^1]] : rows[..room];
        LeftOut += rows.Sum(row => row.Threads.Length) - kept.Sum(row => row.Threads.Length);
        return kept;
    }
}

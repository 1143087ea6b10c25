using System.Collections.Immutable;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Reports;
using KCallbacks.Reports.Text;

namespace KCallbacks.Extension.DataModel;

/// <summary>What the user sees of a view besides its threads.</summary>
internal static class ViewProperties
{
    /// <summary>The properties in the order they are shown.</summary>
    /// <param name="scans">Gives what was found.</param>
    /// <param name="findings">Makes the object of a list of findings.</param>
    /// <param name="edges">Makes the object of a list of edges.</param>
    /// <param name="rows">Makes the object of a list of rows.</param>
    public static ImmutableArray<ModelProperty<ThreadView>> Of(
        SharedScans scans,
        Func<IReadOnlyList<JudgedFinding>, ModelObject> findings,
        Func<IReadOnlyList<JudgedEdge>, ModelObject> edges,
        Func<IReadOnlyList<JudgedRow>, ModelObject> rows) =>
    [
        new("Result", "What hangs, for whom, and who must let go.",
            view => Result(scans.Of(view))),
        new("State", "The same in a word: deadlock, blocked, busy, idle or unclear.",
            view => DisplayText.Of(scans.Of(view).Hang.State)),
        new("Findings", "What keeps threads from going on, the worst first.",
            view => findings(FindingsOf(scans.Of(view)))),
        new("WaitGraph", "Who waits for whom, as far as owners are known.",
            view => edges(EdgesOf(scans.Of(view)))),
        new("Rows", "The same threads in the columns of the command's table: dx -g of it fits a page.",
            view => rows(RowsOf(scans.Of(view), view))),
        new("Summary", "All threads of the process counted, also those not shown; or why they cannot be judged.",
            view => Summary(scans.Of(view).Report)),
        new("Scans", "Scans made since the extension was loaded. Views share one until the target moves.",
            _ => scans.Count) { Radix = 10 },
    ];

    private static string Result(ProcessFindings found) => $"{OneResult.Keyword(found.Report, found.Hang)}: {OneResult.Sentence(found.Report, found.Hang)}";

    private static JudgedFinding[] FindingsOf(ProcessFindings found) => [.. found.Hang.Findings.Select(finding => new JudgedFinding(found, finding))];

    private static JudgedEdge[] EdgesOf(ProcessFindings found) => [.. found.Edges.Select(edge => new JudgedEdge(found, edge))];

    private static JudgedRow[] RowsOf(ProcessFindings found, ThreadView view) => [.. view.Select(found.Report).Select(finding => new JudgedRow(found.Of(finding)))];

    /// <summary>Where something could not be read, the command says so below its table; here is the only place for it.</summary>
    private static string Summary(Report report) => string.Join(' ', report.Warnings.Prepend(OneLine.Of(report)));
}

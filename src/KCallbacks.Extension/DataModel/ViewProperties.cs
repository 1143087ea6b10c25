using System.Collections.Immutable;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Reports;
using KCallbacks.Reports.Text;

namespace KCallbacks.Extension.DataModel;

/// <summary>What the user sees of a view besides its threads.</summary>
internal static class ViewProperties
{
    /// <summary>The properties in the order they are shown.</summary>
    public static ImmutableArray<ModelProperty<ThreadView>> Of(SharedScans scans) =>
    [
        new("Summary", "All threads of the process counted, also those not shown; or why they cannot be judged.",
            view => Summary(scans.Of(view).Report)),
        new("Scans", "Scans made since the extension was loaded. Views share one until the target moves.",
            _ => scans.Count) { Radix = 10 },
    ];

    /// <summary>Where something could not be read, the command says so below its table; here is the only place for it.</summary>
    private static string Summary(Report report) => string.Join(". ", report.Warnings.Prepend(OneLine.Of(report)));
}

using System.Collections.Immutable;
using KCallbacks.DbgEng.DataModel;
using KCallbacks.Reports.Text;

namespace KCallbacks.Extension.DataModel;

/// <summary>What the user sees of a view besides its threads.</summary>
internal static class ViewProperties
{
    /// <summary>The properties in the order they are shown.</summary>
    public static ImmutableArray<ModelProperty<ThreadView>> Of(SharedScans scans) =>
    [
        new("Summary", "All threads of the process counted, also those not shown; or why they cannot be judged.",
            view => OneLine.Of(scans.Of(view))),
        new("Scans", "Scans made since the extension was loaded. Views share one until the target moves.",
            _ => scans.Count) { Radix = 10 },
    ];
}

using System.Collections.Immutable;

namespace KCallbacks.Detection.Windows.Routines;

/// <summary>How the callback routines of one range of builds call, by API number.</summary>
/// <param name="firstBuild">The first build that has the table.</param>
/// <param name="lastBuild">The last one.</param>
/// <param name="text">The rows in the order of their API numbers, separated by white space; <c>-</c> stands for one that is not known.</param>
internal sealed class RoutineCallTable(int firstBuild, int lastBuild, string text)
{
    private const string NotKnown = "-";

    private readonly Lazy<ImmutableArray<RoutineCalls?>> _rows = new(() => Parse(text));

    /// <summary>Whether a build has the table.</summary>
    public bool Covers(int? build) => build >= firstBuild && build <= lastBuild;

    /// <summary>The routine of an API number; null when the table does not have it.</summary>
    public RoutineCalls? Find(int apiNumber) => apiNumber >= 0 && apiNumber < _rows.Value.Length ? _rows.Value[apiNumber] : null;

    private static ImmutableArray<RoutineCalls?> Parse(string text) =>
        [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(row => row == NotKnown ? null : RoutineCalls.Parse(row))];
}

using System.Collections.Immutable;

namespace KCallbacks.Detection.Windows.Routines;

/// <summary>All known tables. API numbers change between Windows versions, so a name without its build is a name only if no table contradicts it.</summary>
internal static class RoutineTables
{
    private static readonly ImmutableArray<RoutineTable> Ascending =
    [
        WindowsXpRoutines.ServicePack3,
        Windows7Routines.Table,
        Windows10Routines.From1511,
        Windows10Routines.From1607,
        Windows10Routines.From2004,
        Windows11Routines.From21H2,
        Windows11Routines.From24H2,
    ];

    /// <summary>The routine of an API number, without underscores; null when it is not known or the candidate tables differ.</summary>
    /// <param name="windowsBuild">The build; null when not known, which makes every table a candidate.</param>
    /// <param name="apiNumber">Index into <c>PEB.KernelCallbackTable</c>.</param>
    public static string? Find(int? windowsBuild, int apiNumber) =>
        windowsBuild is { } build ? FindInBuild(build, apiNumber) : Agreed(Ascending.Select(table => table.NameOf(apiNumber)));

    /// <summary>A build between the tables (Vista, 8, 8.1, 10240) has the names on which both of its neighbours agree.</summary>
    private static string? FindInBuild(int build, int apiNumber)
    {
        if (Ascending.FirstOrDefault(table => table.Covers(build)) is { } exact)
            return exact.NameOf(apiNumber);
        RoutineTable? before = Ascending.LastOrDefault(table => table.LastBuild < build);
        RoutineTable? behind = Ascending.FirstOrDefault(table => table.FirstBuild > build);
        return before is null || behind is null ? null : Agreed([before.NameOf(apiNumber), behind.NameOf(apiNumber)]);
    }

    /// <summary>Tables that do not know an entry abstain.</summary>
    private static string? Agreed(IEnumerable<string?> names)
    {
        string?[] known = [.. names.OfType<string>().Distinct()];
        return known.Length == 1 ? known[0] : null;
    }
}

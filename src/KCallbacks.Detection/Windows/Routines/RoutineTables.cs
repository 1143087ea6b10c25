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
        Windows10Routines.From1709,
        Windows10Routines.From1809,
        Windows10Routines.From1903,
        Windows10Routines.From2004,
        Windows11Routines.From21H2,
        Windows11Routines.From22H2,
        Windows11Routines.From24H2,
    ];

    /// <summary>The routine of an API number, without underscores; null when it is not known or the candidate tables differ.</summary>
    /// <param name="windowsBuild">The build; null when not known, which makes every table a candidate.</param>
    /// <param name="apiNumber">Index into <c>PEB.KernelCallbackTable</c>.</param>
    public static string? Find(int? windowsBuild, int apiNumber) =>
        windowsBuild is { } build ? FindInBuild(build, apiNumber) : Agreed(Ascending.Select(table => table.EntryOf(apiNumber)));

    /// <summary>The API number of the first of the routines, where they stand one after the other; null when no table has them so, or tables differ.</summary>
    /// <param name="names">Names without underscores.</param>
    public static int? PlaceOf(ImmutableArray<string> names)
    {
        int[] places =
        [
            .. Ascending
                .SelectMany(table => Enumerable.Range(0, Math.Max(0, table.Names.Length - names.Length + 1)).Where(place => StandAt(table, place, names)))
                .Distinct(),
        ];
        return places is [var only] ? only : null;
    }

    private static bool StandAt(RoutineTable table, int place, ImmutableArray<string> names)
    {
        for (int index = 0; index < names.Length; index++)
        {
            if (table.NameOf(place + index) is { } name && name != names[index])
                return false;
        }

        return table.NameOf(place) == names[0];
    }

    /// <summary>A build between the tables (Vista, 8, 8.1, 10240, 15063, 17134) has the names on which both of its neighbours agree.</summary>
    private static string? FindInBuild(int build, int apiNumber)
    {
        if (Ascending.FirstOrDefault(table => table.Covers(build)) is { } exact)
            return exact.NameOf(apiNumber);
        RoutineTable? before = Ascending.LastOrDefault(table => table.LastBuild < build);
        RoutineTable? after = Ascending.FirstOrDefault(table => table.FirstBuild > build);
        return before is null || after is null ? null : Agreed([before.EntryOf(apiNumber), after.EntryOf(apiNumber)]);
    }

    /// <summary>Tables that do not know an entry abstain; one that knows it to be another routine contradicts.</summary>
    private static string? Agreed(IEnumerable<string?> names)
    {
        string?[] known = [.. names.OfType<string>().Distinct()];
        return known is [not RoutineTable.Unnamed and var name] ? name : null;
    }
}

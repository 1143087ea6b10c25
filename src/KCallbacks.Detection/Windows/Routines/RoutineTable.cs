using System.Collections.Immutable;

namespace KCallbacks.Detection.Windows.Routines;

/// <summary>The routines in <c>PEB.KernelCallbackTable</c> in a range of Windows builds, by API number.</summary>
/// <param name="FirstBuild">The first build that has the table.</param>
/// <param name="LastBuild">The last one.</param>
/// <param name="Names">Names without underscores, for example <c>fnDWORD</c>; null where nothing is known of an entry, <see cref="Unnamed"/> where it is none of the known routines.</param>
internal sealed record RoutineTable(int FirstBuild, int LastBuild, ImmutableArray<string?> Names)
{
    /// <summary>An entry whose code is that of no routine with a known name.</summary>
    public const string Unnamed = "?";

    private const string NotKnown = "-";

    /// <summary>Reads names in the order of their API numbers, separated by white space; <c>-</c> stands for one that is not known.</summary>
    public static RoutineTable Parse(int firstBuild, int lastBuild, string names) => new(
        firstBuild,
        lastBuild,
        [.. names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(name => name == NotKnown ? null : name)]);

    /// <summary>Whether a build has the table.</summary>
    public bool Covers(int build) => build >= FirstBuild && build <= LastBuild;

    /// <summary>What the table says of an API number; null when it says nothing.</summary>
    public string? EntryOf(int apiNumber) => apiNumber >= 0 && apiNumber < Names.Length ? Names[apiNumber] : null;

    /// <summary>The name of a routine; null when the table does not know it.</summary>
    public string? NameOf(int apiNumber) => EntryOf(apiNumber) is not Unnamed and { } name ? name : null;
}

using System.Collections.Immutable;
using KCallbacks.Triage.Scan;
using KCallbacks.Triage.Store;

namespace KCallbacks.Triage.Buckets;

/// <summary>What stores say: how many inputs hang, and of what.</summary>
public sealed record BucketReport
{
    /// <summary>Parts of the time in <see cref="Bucket.Course"/>.</summary>
    private const int Parts = 40;

    /// <summary>The word for hangs of which it is not known what they are counted by.</summary>
    private const string NotKnown = "(not known)";

    /// <summary>What was asked.</summary>
    public required BucketQuery Query { get; init; }

    /// <summary>Inputs in the period.</summary>
    public long Inputs { get; init; }

    /// <summary>Inputs in the earlier period.</summary>
    public long EarlierInputs { get; init; }

    /// <summary>How many inputs of the period had each outcome.</summary>
    public ImmutableArray<BucketShare> Outcomes { get; init; } = [];

    /// <summary>How many of them had each state.</summary>
    public ImmutableArray<BucketShare> States { get; init; } = [];

    /// <summary>Hangs in the period.</summary>
    public long Hangs { get; init; }

    /// <summary>Hangs in the earlier period.</summary>
    public long EarlierHangs { get; init; }

    /// <summary>The buckets with hangs in either period, the most frequent first; partial ones that stand under another are there.</summary>
    public ImmutableArray<Bucket> Buckets { get; init; } = [];

    /// <summary>The first hang in either period; null when there is none of which the time is known.</summary>
    public DateTime? First { get; init; }

    /// <summary>The last one.</summary>
    public DateTime? Last { get; init; }

    /// <summary>Lines of the stores that are no rows.</summary>
    public long Damaged { get; init; }

    /// <summary>All buckets, with those that stand under others.</summary>
    public IEnumerable<Bucket> All => Buckets.SelectMany(bucket => bucket.Partials.Prepend(bucket));

    /// <summary>Reads stores.</summary>
    /// <param name="stores">The stores; an input that several have counts once.</param>
    /// <param name="query">What is to be said.</param>
    /// <exception cref="StoreException">A store cannot be read.</exception>
    public static BucketReport Of(IReadOnlyList<StoreFolder> stores, BucketQuery query)
    {
        ArgumentNullException.ThrowIfNull(stores);
        ArgumentNullException.ThrowIfNull(query);
        (IEnumerable<ScannedRow> rows, long damaged) = StoreScan.Read(stores);
        var counts = new InputCounts(query);
        var tallies = new Dictionary<string, BucketTally>();
        foreach (ScannedRow row in rows)
        {
            counts.Add(row);
            if (KeyOf(row, query.By) is not { } key)
                continue;
            if (!tallies.TryGetValue(key, out BucketTally? tally))
                tallies.Add(key, tally = new BucketTally(key, query));
            tally.Add(row);
        }

        BucketTally[] seen = [.. tallies.Values.Where(tally => tally.Count + tally.Earlier > 0)];
        Dictionary<string, int[]> courses = CoursesOf(rows, query, counts);
        return counts.ToReport() with { Buckets = Placed(seen, query, courses), Damaged = damaged };
    }

    private static string? KeyOf(in ScannedRow row, GroupKey by) => row.Signature is null ? null : by switch
    {
        GroupKey.Bucket => row.Signature,
        GroupKey.Family => row.Signature[..row.Signature.LastIndexOf('|')],
        GroupKey.Program => row.Program ?? NotKnown,
        GroupKey.Version => row.Program is null ? NotKnown : $"{row.Program} {row.Version ?? NotKnown}",
        GroupKey.Windows => row.Windows ?? NotKnown,
        _ => row.Machine ?? NotKnown,
    };

    private static Dictionary<string, int[]> CoursesOf(IEnumerable<ScannedRow> rows, BucketQuery query, InputCounts counts)
    {
        var courses = new Dictionary<string, int[]>();
        if (counts.First is not { } first || counts.Last is not { } last)
            return courses;
        double part = Math.Max((last - first).TotalSeconds / Parts, 1);
        foreach (ScannedRow row in rows)
        {
            if (row.Time is not { } time || (!query.Holds(time) && !query.HoldsEarlier(time)) || KeyOf(row, query.By) is not { } key)
                continue;
            if (!courses.TryGetValue(key, out int[]? course))
                courses.Add(key, course = new int[Parts]);
            course[Math.Min((int)((time - first).TotalSeconds / part), Parts - 1)]++;
        }

        return courses;
    }

    private static ImmutableArray<Bucket> Placed(BucketTally[] tallies, BucketQuery query, Dictionary<string, int[]> courses)
    {
        Dictionary<string, string> above = query.By == GroupKey.Bucket ? PartialPlaces.Of(tallies) : [];
        ILookup<string, BucketTally> below = tallies.Where(tally => above.ContainsKey(tally.Key)).ToLookup(tally => above[tally.Key]);
        return [.. Ordered(tallies.Where(tally => !above.ContainsKey(tally.Key))).Select(tally => Whole(tally) with { Partials = [.. Ordered(below[tally.Key]).Select(Whole)] })];

        Bucket Whole(BucketTally tally) => tally.ToBucket() with
        {
            Course = courses.TryGetValue(tally.Key, out int[]? course) ? [.. course] : [],
            Example = tally.Example is { } row ? ExampleCommand.Of(row) : null,
        };
    }

    private static IEnumerable<BucketTally> Ordered(IEnumerable<BucketTally> tallies) =>
        tallies.OrderByDescending(tally => tally.Count).ThenByDescending(tally => tally.Earlier).ThenBy(tally => tally.Key, StringComparer.Ordinal);
}

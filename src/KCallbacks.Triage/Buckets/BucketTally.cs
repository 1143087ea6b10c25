using System.Collections.Immutable;
using KCallbacks.Detection.Signatures;
using KCallbacks.Triage.Rows;
using KCallbacks.Triage.Scan;

namespace KCallbacks.Triage.Buckets;

/// <summary>Counts the hangs of one bucket.</summary>
/// <param name="key">What they have in common.</param>
/// <param name="query">What the report is to say.</param>
internal sealed class BucketTally(string key, BucketQuery query)
{
    /// <summary>Programs, versions and versions of Windows that are told.</summary>
    private const int MostShares = 5;

    /// <summary>Standard deviations by which a count must differ from what is to be expected.</summary>
    private const double Deviations = 3;

    private readonly Dictionary<string, long> _programs = [];
    private readonly Dictionary<string, long> _versions = [];
    private readonly Dictionary<string, long> _windows = [];
    private readonly HashSet<string> _machines = [];
    private ScannedRow? _example;
    private DateTime? _first;
    private DateTime? _last;

    /// <summary>What its hangs have in common.</summary>
    public string Key => key;

    /// <summary>Hangs in the period.</summary>
    public long Count { get; private set; }

    /// <summary>Hangs in the earlier period.</summary>
    public long Earlier { get; private set; }

    /// <summary>The programs that hung.</summary>
    public ICollection<string> Programs => _programs.Keys;

    /// <summary>Counts a hang.</summary>
    public void Add(in ScannedRow row)
    {
        if (row.Time is { } time)
        {
            _first = _first is { } first && first <= time ? first : time;
            _last = _last is { } last && last >= time ? last : time;
        }

        bool isOfPeriod = query.Holds(row.Time);
        if (!isOfPeriod && !query.HoldsEarlier(row.Time))
            return;
        if (isOfPeriod && Count == 0)
            Forget();
        Count += isOfPeriod ? 1 : 0;
        Earlier += isOfPeriod ? 0 : 1;
        if (!isOfPeriod && Count > 0)
            return;
        if (_example is not { } example || IsBetterExample(row, example))
            _example = row;
        if (row.Machine is { } machine)
            _machines.Add(machine);
        CountOne(_programs, row.Program);
        CountOne(_versions, row.Version);
        CountOne(_windows, row.Windows);
    }

    /// <summary>What is told of the hangs is told of those of the earlier period only where there are no others.</summary>
    private void Forget()
    {
        _example = null;
        _machines.Clear();
        _programs.Clear();
        _versions.Clear();
        _windows.Clear();
    }

    /// <summary>The bucket; without its partial ones.</summary>
    public Bucket ToBucket() => new()
    {
        Key = key,
        Id = query.By == GroupKey.Bucket ? HangSignature.BucketOf(key) : null,
        IsPartial = query.By == GroupKey.Bucket && SignatureFit.IsPartial(key),
        Count = Count,
        Earlier = Earlier,
        Change = ChangeOf(),
        Machines = _machines.Count,
        Programs = MostFrequent(_programs),
        Versions = MostFrequent(_versions),
        Windows = MostFrequent(_windows),
        First = _first,
        Last = _last,
    };

    /// <summary>The row of the hang that stands for it; null when it cannot be read any more.</summary>
    public TriageRow? Example => _example is { } row ? StoreScan.ReadRow(row.Place) : null;

    private BucketChange ChangeOf()
    {
        if (query.ComparedSince is null)
            return BucketChange.None;
        if (Count == 0)
            return BucketChange.Gone;
        if (Earlier == 0)
            return _first < query.Since ? BucketChange.Back : BucketChange.New;
        double all = Count + Earlier;
        double share = query.ShareOfPeriod;
        double bound = Deviations * Math.Sqrt(all * share * (1 - share));
        return Count - (all * share) > bound ? BucketChange.Grown : (all * share) - Count > bound ? BucketChange.Fallen : BucketChange.None;
    }

    /// <summary>A file that was read to its end is better than another, a small one opens faster, and the same report names the same one.</summary>
    private static bool IsBetterExample(in ScannedRow row, in ScannedRow than)
    {
        bool isWhole = row.Outcome == TriageOutcome.Ok;
        if (isWhole != (than.Outcome == TriageOutcome.Ok))
            return isWhole;
        return row.Size != than.Size ? row.Size < than.Size : row.Key.Value < than.Key.Value;
    }

    private static void CountOne(Dictionary<string, long> counts, string? text)
    {
        if (text is not null)
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, text, out _)++;
    }

    private static ImmutableArray<BucketShare> MostFrequent(Dictionary<string, long> counts) =>
    [
        .. counts.Select(pair => new BucketShare(pair.Key, pair.Value)).OrderByDescending(share => share.Count).ThenBy(share => share.Text, StringComparer.Ordinal).Take(MostShares),
    ];
}

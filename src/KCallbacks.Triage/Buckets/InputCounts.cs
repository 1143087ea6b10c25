using System.Collections.Immutable;
using KCallbacks.Triage.Rows;
using KCallbacks.Triage.Scan;

namespace KCallbacks.Triage.Buckets;

/// <summary>Counts the inputs of a report, whether they hang or not.</summary>
/// <param name="query">What the report is to say.</param>
internal sealed class InputCounts(BucketQuery query)
{
    private readonly long[] _outcomes = new long[Enum.GetValues<TriageOutcome>().Length];
    private readonly SortedDictionary<string, long> _states = new(StringComparer.Ordinal);
    private long _inputs;
    private long _earlierInputs;
    private long _hangs;
    private long _earlierHangs;

    /// <summary>The first hang in either period.</summary>
    public DateTime? First { get; private set; }

    /// <summary>The last one.</summary>
    public DateTime? Last { get; private set; }

    /// <summary>Counts an input.</summary>
    public void Add(in ScannedRow row)
    {
        bool isOfPeriod = query.Holds(row.Time);
        if (!isOfPeriod && !query.HoldsEarlier(row.Time))
            return;
        if (row.Signature is not null && row.Time is { } time)
        {
            First = First is { } first && first <= time ? first : time;
            Last = Last is { } last && last >= time ? last : time;
        }

        if (!isOfPeriod)
        {
            _earlierInputs++;
            _earlierHangs += row.Signature is null ? 0 : 1;
            return;
        }

        _inputs++;
        _hangs += row.Signature is null ? 0 : 1;
        _outcomes[(int)row.Outcome]++;
        if (row.State is { } state)
            _states[state] = _states.GetValueOrDefault(state) + 1;
    }

    /// <summary>The report without its buckets.</summary>
    public BucketReport ToReport() => new()
    {
        Query = query,
        Inputs = _inputs,
        EarlierInputs = _earlierInputs,
        Hangs = _hangs,
        EarlierHangs = _earlierHangs,
        Outcomes = [.. Enum.GetValues<TriageOutcome>().Select(outcome => new BucketShare(outcome.Word(), _outcomes[(int)outcome])).Where(share => share.Count > 0)],
        States = [.. _states.Select(pair => new BucketShare(pair.Key, pair.Value)).OrderByDescending(share => share.Count)],
        First = First,
        Last = Last,
    };
}

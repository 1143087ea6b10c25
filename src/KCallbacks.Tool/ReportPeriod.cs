using KCallbacks.Tool.Inputs;
using KCallbacks.Triage.Buckets;

namespace KCallbacks.Tool;

/// <summary>The period of a report, and the earlier one that it is compared with.</summary>
/// <param name="Since">When it begins; null for the first hang, or the last seven days where periods are compared.</param>
/// <param name="Until">When it ends; null for now.</param>
internal sealed record ReportPeriod(DateTime? Since, DateTime? Until)
{
    private static readonly TimeSpan Usual = TimeSpan.FromDays(7);

    /// <summary>Whether it is compared with an earlier one.</summary>
    public bool IsCompared { get; init; }

    /// <summary>When the earlier one begins; null for one of the same length.</summary>
    public DateTime? ComparedSince { get; init; }

    /// <summary>What a report of it is to say.</summary>
    /// <exception cref="InputException">A period ends before it begins.</exception>
    public BucketQuery QueryBy(GroupKey key, TimeProvider clock)
    {
        BucketQuery query = IsCompared ? Compared(key, clock) : new BucketQuery(key) { Since = Since, Until = Until };
        if (query is { Since: { } since, Until: { } until } && since >= until)
            throw new InputException("the period ends before it begins: --since must be earlier than --until");
        if (query.ComparedSince >= query.Since)
            throw new InputException("the earlier period begins after this one: --compare must be earlier than --since");
        return query;
    }

    private BucketQuery Compared(GroupKey key, TimeProvider clock)
    {
        DateTime end = Until ?? clock.GetUtcNow().UtcDateTime;
        DateTime start = Since ?? end - Usual;
        return new BucketQuery(key) { Since = start, Until = end, ComparedSince = ComparedSince ?? start - (end - start) };
    }
}

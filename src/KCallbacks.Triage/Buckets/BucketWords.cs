using System.Collections.Immutable;
using System.Globalization;

namespace KCallbacks.Triage.Buckets;

/// <summary>The words of reports, the same in every form.</summary>
public static class BucketWords
{
    /// <summary>What can be counted together, the usual first.</summary>
    public static ImmutableArray<string> Keys { get; } = [.. Enum.GetValues<GroupKey>().Select(Of)];

    /// <summary>What a word of <see cref="Keys"/> means.</summary>
    public static GroupKey KeyOf(string word) => (GroupKey)Keys.IndexOf(word);

    /// <summary>What is counted together; the words of <c>--by</c>.</summary>
    internal static string Of(GroupKey by) => by switch
    {
        GroupKey.Bucket => "bucket",
        GroupKey.Family => "family",
        GroupKey.Program => "program",
        GroupKey.Version => "version",
        GroupKey.Windows => "windows",
        _ => "machine",
    };

    /// <summary>Several of them.</summary>
    internal static string Plural(GroupKey by) => by switch
    {
        GroupKey.Family => "families",
        GroupKey.Windows => "versions of Windows",
        _ => Of(by) + "s",
    };

    /// <summary>What became of a bucket.</summary>
    internal static string Of(BucketChange change) => change switch
    {
        BucketChange.New => "new",
        BucketChange.Back => "back",
        BucketChange.Grown => "grown",
        BucketChange.Fallen => "fallen",
        BucketChange.Gone => "gone",
        _ => "",
    };

    /// <summary>A number with separators.</summary>
    internal static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share with one decimal place.</summary>
    internal static string Share(long part, long all) => all == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / all:0.0} %");

    /// <summary>A day; empty when not known.</summary>
    internal static string Day(DateTime? time) => time is { } known ? known.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";

    /// <summary>A time as rows have it; null when not known.</summary>
    internal static string? Time(DateTime? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The period; empty when it is all time.</summary>
    internal static string Period(DateTime? since, DateTime? until) => (since, until) switch
    {
        (null, null) => "",
        ({ } from, null) => $" since {Minute(from)}",
        (null, { } to) => $" before {Minute(to)}",
        ({ } from, { } to) => $" from {Minute(from)} to {Minute(to)}",
    };

    /// <summary>How many inputs there are, how many hang and what became of the others.</summary>
    internal static string Summary(BucketReport report)
    {
        string[] failed = [.. report.Outcomes.Where(outcome => outcome.Text is not "ok").Select(outcome => $"{Number(outcome.Count)} {outcome.Text}")];
        int buckets = report.Buckets.Count(bucket => bucket.Count > 0);
        return $"{Number(report.Inputs)} {(report.Inputs == 1 ? "input" : "inputs")}{Period(report.Query.Since, report.Query.Until)}: "
            + $"{Number(report.Hangs)} {(report.Hangs == 1 ? "hangs" : "hang")}, in {Number(buckets)} {(buckets == 1 ? Of(report.Query.By) : Plural(report.Query.By))}"
            + $"{(failed.Length == 0 ? "" : $"; {string.Join(", ", failed)}")}.";
    }

    /// <summary>The same of the earlier period; null where nothing is compared.</summary>
    internal static string? SummaryBefore(BucketReport report) => report.Query.ComparedSince is null
        ? null
        : $"Before,{Period(report.Query.ComparedSince, report.Query.Since)}: {Number(report.EarlierInputs)} {(report.EarlierInputs == 1 ? "input" : "inputs")}, {Number(report.EarlierHangs)} {(report.EarlierHangs == 1 ? "hang" : "hangs")}. "
            + string.Join(", ", ((BucketChange[])[BucketChange.New, BucketChange.Back, BucketChange.Grown, BucketChange.Fallen, BucketChange.Gone]).Select(change => $"{Number(report.All.Count(bucket => bucket.Change == change))} {Of(change)}")) + ".";

    /// <summary>Programs with the most frequent versions.</summary>
    internal static string Programs(Bucket bucket) => string.Join(", ", bucket.Programs.Take(2).Select(program => program.Text)) is { Length: > 0 } programs
        ? $"{programs}{(bucket.Versions.IsEmpty ? "" : $" ({string.Join(", ", bucket.Versions.Take(3).Select(version => version.Text))}{(bucket.Versions.Length > 3 ? ", ..." : "")})")}"
        : "";

    private static string Minute(DateTime time) => time.TimeOfDay == TimeSpan.Zero ? Day(time) : time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}

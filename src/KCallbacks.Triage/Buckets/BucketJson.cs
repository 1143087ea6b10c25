using System.Text;
using System.Text.Json;

namespace KCallbacks.Triage.Buckets;

/// <summary>A report for programs (docs/store.md): one object, in ASCII.</summary>
public static class BucketJson
{
    private const int Version = 1;

    /// <summary>Its text.</summary>
    /// <param name="report">The report.</param>
    /// <param name="top">Buckets that are listed; 0 for all.</param>
    public static string Of(BucketReport report, int top)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
            Write(json, report, top);
        return Encoding.ASCII.GetString(text.GetBuffer(), 0, (int)text.Length);
    }

    private static void Write(Utf8JsonWriter json, BucketReport report, int top)
    {
        json.WriteStartObject();
        json.WriteNumber("triageReport", Version);
        json.WriteString("by", BucketWords.Of(report.Query.By));
        json.WriteString("since", BucketWords.Time(report.Query.Since));
        json.WriteString("until", BucketWords.Time(report.Query.Until));
        json.WriteString("comparedSince", BucketWords.Time(report.Query.ComparedSince));
        json.WriteNumber("inputs", report.Inputs);
        json.WriteNumber("earlierInputs", report.EarlierInputs);
        WriteShares(json, "outcomes", report.Outcomes);
        WriteShares(json, "states", report.States);
        json.WriteNumber("hangs", report.Hangs);
        json.WriteNumber("earlierHangs", report.EarlierHangs);
        json.WriteString("first", BucketWords.Time(report.First));
        json.WriteString("last", BucketWords.Time(report.Last));
        json.WriteNumber("damagedLines", report.Damaged);
        json.WriteNumber("groups", report.Buckets.Length);
        json.WriteStartArray("buckets");
        foreach (Bucket bucket in top == 0 ? report.Buckets : report.Buckets.Take(top))
            WriteBucket(json, bucket);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteBucket(Utf8JsonWriter json, Bucket bucket)
    {
        json.WriteStartObject();
        json.WriteString("key", bucket.Key);
        json.WriteString("bucket", bucket.Id);
        json.WriteBoolean("partial", bucket.IsPartial);
        json.WriteNumber("count", bucket.Count);
        json.WriteNumber("earlier", bucket.Earlier);
        json.WriteString("change", bucket.Change == BucketChange.None ? null : BucketWords.Of(bucket.Change));
        json.WriteNumber("machines", bucket.Machines);
        WriteShares(json, "programs", bucket.Programs);
        WriteShares(json, "versions", bucket.Versions);
        WriteShares(json, "windows", bucket.Windows);
        json.WriteString("first", BucketWords.Time(bucket.First));
        json.WriteString("last", BucketWords.Time(bucket.Last));
        WriteExample(json, bucket.Example);
        json.WriteStartArray("partials");
        foreach (Bucket partial in bucket.Partials)
            WriteBucket(json, partial);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteExample(Utf8JsonWriter json, BucketExample? example)
    {
        if (example is null)
        {
            json.WriteNull("example");
            return;
        }

        json.WriteStartObject("example");
        json.WriteString("path", example.Path);
        if (example.Thread is { } thread)
            json.WriteNumber("thread", thread);
        else
            json.WriteNull("thread");
        json.WriteString("command", example.Command);
        json.WriteEndObject();
    }

    private static void WriteShares(Utf8JsonWriter json, string name, IEnumerable<BucketShare> shares)
    {
        json.WriteStartArray(name);
        foreach (BucketShare share in shares)
        {
            json.WriteStartObject();
            json.WriteString("name", share.Text);
            json.WriteNumber("count", share.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

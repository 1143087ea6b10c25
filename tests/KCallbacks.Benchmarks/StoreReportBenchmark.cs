using BenchmarkDotNet.Attributes;
using KCallbacks.Triage.Buckets;
using KCallbacks.Triage.Store;
using KCallbacks.Triage.Tests.Buckets;

namespace KCallbacks.Benchmarks;

/// <summary>The report of a store of 100,000 rows.</summary>
[MemoryDiagnoser]
public class StoreReportBenchmark
{
    private static readonly BucketQuery Weeks = new(GroupKey.Bucket)
    {
        ComparedSince = GeneratedStore.End.AddDays(-14),
        Since = GeneratedStore.End.AddDays(-7),
        Until = GeneratedStore.End,
    };

    private string _folder = "";
    private StoreFolder _store = null!;

    [GlobalSetup]
    public void WriteStore()
    {
        _folder = Directory.CreateTempSubdirectory("kcallbacks").FullName;
        _store = GeneratedStore.Write(Path.Combine(_folder, "store"), 100_000);
    }

    [GlobalCleanup]
    public void Clean() => Directory.Delete(_folder, recursive: true);

    [Benchmark(Description = "report of 100,000 rows, two weeks compared")]
    public BucketReport Report() => BucketReport.Of([_store], Weeks);
}

using BenchmarkDotNet.Configs;

namespace KCallbacks.Benchmarks;

/// <summary>Adds the throughput to a benchmark's table.</summary>
internal sealed class WithThroughput : ManualConfig
{
    public WithThroughput() => AddColumn(new BytesPerSecondColumn());
}

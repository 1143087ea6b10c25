using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace KCallbacks.Benchmarks;

/// <summary>
/// Runs the benchmarks that the arguments of BenchmarkDotNet choose, for example <c>--filter *MemoryScan*</c>, in this process:
/// a generated project would not find the repository's pinned packages.
/// </summary>
internal static class Program
{
    private static void Main(string[] arguments) => BenchmarkSwitcher
        .FromAssembly(typeof(Program).Assembly)
        .Run(arguments, DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)));
}

using KCallbacks.Build.Verbs;

namespace KCallbacks.Build.Tests;

/// <summary>Which dumps the benchmark measures.</summary>
[TestClass]
public sealed class BenchmarkTests
{
    [TestMethod]
    public void Without_names_all_dumps_are_measured() => Assert.HasCount(4, Benchmark.Chosen([]));

    [TestMethod]
    public void A_named_dump_is_measured_alone() =>
        Assert.AreEqual("crowd-2001-20-0", Benchmark.Chosen(["crowd-2001-20-0"]).Single());

    [TestMethod]
    public void A_name_that_is_none_is_named_with_those_that_are()
    {
        StepFailedException failed = Assert.ThrowsExactly<StepFailedException>(() => Benchmark.Chosen(["crowd-2001-20-0", "crowd"]));

        Assert.Contains("'crowd'", failed.Message);
        Assert.Contains("crowd-2001-600-200", failed.Message);
    }
}

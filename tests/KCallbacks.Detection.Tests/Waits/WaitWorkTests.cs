using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Waits;

namespace KCallbacks.Detection.Tests.Waits;

/// <summary>The work of the graph grows as threads and edges do, measured by what it allocates, which no busy machine changes.</summary>
[TestClass]
public sealed class WaitWorkTests
{
    private const int Few = 2_000;
    private const int Many = 20_000;

    /// <summary>Ten times the threads; lists that double, and buckets, may take a little more.</summary>
    private const double Most = 12.5;

    [TestMethod]
    [DataRow("behind one thread")]
    [DataRow("in a chain")]
    [DataRow("in a circle")]
    [DataRow("in pairs")]
    [DataRow("for nobody")]
    public void It_is_linear(string shape)
    {
        _ = WorkOf(shape, Few);

        double ratio = (double)WorkOf(shape, Many) / WorkOf(shape, Few);

        Assert.IsLessThan(Most, ratio, shape);
    }

    [TestMethod]
    public void Threads_that_wait_for_nobody_cost_nothing_in_it() => Assert.IsLessThan(Many, WorkOf("for nobody", Many), "less than a byte for each");

    private static long WorkOf(string shape, int count)
    {
        ImmutableArray<ThreadWaits> threads = [.. Enumerable.Range(0, count).Select(thread => ThreadOf(thread, OwnerOf(shape, thread, count)))];
        long before = GC.GetAllocatedBytesForCurrentThread();
        _ = WaitGraph.Of(threads);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static int? OwnerOf(string shape, int thread, int count) => shape switch
    {
        "behind one thread" => thread == 0 ? null : 0,
        "in a chain" => thread == 0 ? null : thread - 1,
        "in a circle" => (thread + 1) % count,
        "in pairs" => thread ^ 1,
        _ => null,
    };

    private static ThreadWaits ThreadOf(int position, int? owner) => new()
    {
        Thread = new ThreadIdentity(position),
        Waits =
        [
            owner is { } other
                ? new Wait { Kind = WaitKind.CriticalSection, Owners = [new WaitOwner((uint)other + 100, other)], Proof = WaitProof.Certain }
                : new Wait { Kind = WaitKind.Sleep },
        ],
    };
}

using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Reports.Text;

namespace KCallbacks.Reports.Tests;

[TestClass]
public sealed class SameStackTests
{
    /// <summary>What has the same hash is compared with each other: of stacks that differ hardly any may.</summary>
    [TestMethod]
    public void Stacks_that_differ_in_names_alone_are_hardly_ever_compared()
    {
        const int Threads = 2_000;
        var report = new Report
        {
            Source = new ReportSource(SourceKind.Text),
            Stacks = Enumerable.Range(0, Threads).ToImmutableDictionary(i => i, i => new ThreadStack
            {
                Thread = new ThreadIdentity(i),
                Frames = [new StackFrame("app", $"f{i}"), new StackFrame("app", "main")],
            }),
        };
        var same = new SameStack(report);

        int hashes = report.Stacks.Keys.Select(i => same.GetHashCode(new ThreadFinding { Thread = new ThreadIdentity(i), Verdict = Verdict.None, Reason = "" })).Distinct().Count();

        Assert.IsGreaterThan(Threads * 99 / 100, hashes);
    }
}

using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Extension.DataModel;
using KCallbacks.Reports;

namespace KCallbacks.Extension.Tests;

/// <summary>Threads of a scan by the keys under which queries ask for them.</summary>
[TestClass]
public sealed class ProcessFindingsTests
{
    private const ulong Structure = 0xffff_a586_1000_35c0;

    [TestMethod]
    public void A_thread_is_found_by_its_system_id_with_its_stack()
    {
        ThreadFinding[] threads = [.. Enumerable.Range(0, 2000).Select(i => Thread(new ThreadIdentity(i, SystemId: (uint)(0x1000 + (4 * i)))))];
        ThreadStack stack = new() { Thread = threads[7].Thread };
        ProcessFindings found = Of(threads, stack);

        JudgedThread thread = found.Find(0x1000 + (4 * 7))!;

        Assert.AreSame(threads[7], thread.Finding);
        Assert.AreSame(stack, thread.Stack);
        Assert.AreEqual(0x1400u, thread.ProcessId);
        Assert.IsNull(found.Find(0x1001));
    }

    [TestMethod]
    public void Without_an_id_the_address_of_its_structure_is_the_key()
    {
        ThreadFinding thread = Thread(new ThreadIdentity(0, Address: Structure));

        Assert.AreEqual(Structure, ProcessFindings.KeyOf(thread));
        Assert.AreSame(thread, Of([thread], null).Find(Structure)!.Finding);
    }

    [TestMethod]
    public void Of_two_threads_with_one_id_the_first_is_found()
    {
        ThreadFinding[] threads = [Thread(new ThreadIdentity(0, SystemId: 8)), Thread(new ThreadIdentity(1, SystemId: 8))];

        Assert.AreSame(threads[0], Of(threads, null).Find(8)!.Finding);
    }

    private static ThreadFinding Thread(ThreadIdentity identity) => new() { Thread = identity, Verdict = Verdict.None, Reason = "" };

    private static ProcessFindings Of(ThreadFinding[] threads, ThreadStack? stack) => new(0x1400, new Report
    {
        Source = new ReportSource(SourceKind.Engine),
        Findings = [.. threads],
        Stacks = stack is null ? ImmutableDictionary<int, ThreadStack>.Empty : ImmutableDictionary<int, ThreadStack>.Empty.Add(stack.Thread.Position, stack),
    });
}

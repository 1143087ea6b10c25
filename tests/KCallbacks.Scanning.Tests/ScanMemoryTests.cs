using System.Collections.Immutable;
using KCallbacks.Detection;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Tests.Memory;

namespace KCallbacks.Scanning.Tests;

/// <summary>What a scan holds in memory while it runs and afterwards.</summary>
[TestClass]
public sealed class ScanMemoryTests
{
    private const int Threads = 4_000;
    private const int InCallback = 100;

    /// <summary>A thread's usual reserve. One stack more than those that are kept may be in memory: the one just read.</summary>
    private const int UsualStack = 0x10_0000;

    /// <summary>Most that is kept of a thread's stack.</summary>
    private const int KeptStack = 0x1_0000;

    /// <summary>Most that the rest of a thread takes: its identity and finding, and its callback where it is in one.</summary>
    private const int Finding = 0x400, FindingInCallback = 0x1000;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(KeptStack)]
    [DataRow(UsualStack)]
    public void At_most_64_KB_are_kept_of_the_stack_of_a_thread_in_a_callback_and_nothing_of_others(int stackOfCallback)
    {
        Usage quiet = UsageOf(new Target(Threads, inCallback: 0, stackOfCallback), new ScanRequest());
        Usage busy = UsageOf(new Target(Threads, InCallback, stackOfCallback), new ScanRequest());

        TestContext.WriteLine($"stack of {stackOfCallback} bytes, {Threads} threads: none in a callback {quiet}, {InCallback} in a callback {busy}");
        int kept = stackOfCallback > KeptStack ? 0 : KeptStack;
        Assert.IsLessThan(UsualStack + (Threads * Finding), quiet.WhenRead);
        Assert.IsLessThan(UsualStack + (Threads * Finding), quiet.AtEnd);
        Assert.IsLessThan(UsualStack + (InCallback * (kept + FindingInCallback)), busy.WhenRead - quiet.WhenRead);
        Assert.IsLessThan(UsualStack + (InCallback * FindingInCallback), busy.AtEnd - quiet.AtEnd);
    }

    [TestMethod]
    public void Nothing_is_kept_of_the_stacks_where_every_thread_is_walked()
    {
        const int threads = 500;

        foreach (ScanRequest request in (ScanRequest[])[new() { WalkAll = true }, new() { WalkCleared = true }])
        {
            Usage usage = UsageOf(new Target(threads, inCallback: threads, KeptStack), request);

            Assert.IsLessThan(UsualStack + (threads * FindingInCallback), usage.WhenRead);
            Assert.IsLessThan(UsualStack + (threads * FindingInCallback), usage.AtEnd);
        }
    }

    private static Usage UsageOf(Target target, ScanRequest request)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        ScanResult result = new ThreadScanner(target, new CallbackDetector(target.Process)).Run(request, target);
        long atEnd = GC.GetTotalMemory(forceFullCollection: true);

        Assert.HasCount(target.Threads.Length, result.Findings);
        Assert.AreEqual(target.InCallback, result.Findings.Count(finding => finding.Verdict == Verdict.InCallback));
        return new Usage(target.WhenRead - before, atEnd - before);
    }

    /// <summary>Bytes of managed memory that the scan holds.</summary>
    /// <param name="WhenRead">When all threads are read and none is walked.</param>
    /// <param name="AtEnd">When the result is there.</param>
    private sealed record Usage(long WhenRead, long AtEnd);

    /// <summary>Threads whose stacks are made when they are read.</summary>
    private sealed class Target(int threads, int inCallback, int stackOfCallback) : IThreadTarget, IScanMonitor
    {
        private const ulong StackPointer = 0x00ab_0000_0000;

        private readonly ThreadStack _callback = new CallbackStackBuilder(stackOfCallback).Calls(stackOfCallback - 0x400).X64Callback().Calls().Build();

        public int InCallback => inCallback;

        public long WhenRead { get; private set; }

        public IProcessView Process { get; } = WindowsX64.WithExports();

        public ImmutableArray<ThreadIdentity> Threads { get; } = [.. Enumerable.Range(0, threads).Select(position => new ThreadIdentity(position))];

        public bool IsCancelled => false;

        public ThreadStack Read(ThreadStack known, StackMemory? memory) => known.Thread.Position < inCallback
            ? _callback with { Thread = known.Thread, Memory = _callback.Memory! with { Bytes = _callback.Memory.Bytes.ToArray() } }
            : known with
            {
                InstructionPointer = WindowsX64.App,
                StackPointer = StackPointer,
                Memory = new StackMemory(StackPointer, new byte[UsualStack], IsComplete: true),
            };

        public ThreadStack Walk(ThreadStack stack, MemoryEvidence memory, bool byDebugger) => stack with { Walk = WalkExtent.Failed };

        public void Report(string step, int done, int total)
        {
            if (step == "read" && done == total)
                WhenRead = GC.GetTotalMemory(forceFullCollection: true);
        }
    }
}

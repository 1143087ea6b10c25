using System.Buffers.Binary;
using System.Collections.Immutable;
using KCallbacks.Detection;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning.Tests;

/// <summary>The order of a scan: memory first, walks where it cannot tell, and where it stops.</summary>
[TestClass]
public sealed class ThreadScannerTests
{
    [TestMethod]
    public void Only_threads_that_memory_cannot_clear_are_walked()
    {
        var target = new Target(clear: 3, unreadable: 2);

        ScanResult result = target.Scan(new ScanRequest());

        Assert.AreSequenceEqual([3, 4], target.Walked);
        Assert.IsTrue(result.IsComplete);
        Assert.AreSequenceEqual([0, 1, 2, 3, 4], result.Findings.Select(finding => finding.Thread.Position));
        Assert.AreSequenceEqual([3, 4], result.Stacks.Keys.Order());
    }

    [TestMethod]
    public void Every_thread_is_walked_when_asked()
    {
        var target = new Target(clear: 3, unreadable: 0);

        target.Scan(new ScanRequest { WalkAll = true });

        Assert.AreSequenceEqual([0, 1, 2], target.Walked);
    }

    [TestMethod]
    public void Threads_in_no_callback_are_walked_the_cheapest_way_when_their_frames_are_wanted()
    {
        var target = new Target(clear: 2, unreadable: 1);

        ScanResult result = target.Scan(new ScanRequest { WalkCleared = true, KeepFrames = true });

        Assert.AreSequenceEqual([0, 1, 2], target.Walked);
        Assert.IsFalse(target.HasForcedEngine);
        Assert.AreSequenceEqual([0, 1, 2], result.Stacks.Keys.Order());
    }

    [TestMethod]
    public void Only_the_threads_asked_for_are_read()
    {
        var target = new Target(clear: 3, unreadable: 0);

        ScanResult result = target.Scan(new ScanRequest { Threads = thread => thread.Position == 1 });

        Assert.AreEqual(1, result.Findings.Single().Thread.Position);
        Assert.AreEqual(3, result.ThreadsInProcess);
    }

    [TestMethod]
    public void A_scan_stopped_while_reading_keeps_what_it_has()
    {
        ScanResult result = new Target(clear: 5, unreadable: 0).Scan(new ScanRequest(), cancelAfter: 2);

        Assert.IsFalse(result.IsComplete);
        Assert.HasCount(2, result.Findings);
        Assert.AreEqual(2, result.Statistics.ThreadsRead);
        Assert.IsGreaterThan(TimeSpan.Zero, result.Statistics.ReadTime);
    }

    [TestMethod]
    public void A_scan_stopped_while_walking_keeps_the_judgement_of_memory()
    {
        var target = new Target(clear: 0, unreadable: 3);

        ScanResult result = target.Scan(new ScanRequest(), cancelAfter: 4);

        Assert.IsFalse(result.IsComplete);
        Assert.HasCount(3, result.Findings);
        Assert.IsGreaterThan(TimeSpan.Zero, result.Statistics.WalkTime);
        Assert.AreSequenceEqual([0, 1], target.Walked);
        Assert.AreEqual(1, result.Statistics.ThreadsWalked);
    }

    [TestMethod]
    public void A_thread_whose_read_was_cut_short_by_the_user_is_not_judged_by_that()
    {
        ScanResult result = new Target(clear: 2, unreadable: 0).Scan(new ScanRequest(), cancelAfter: 1);

        Assert.AreEqual(Verdict.None, result.Findings.Single().Verdict);
    }

    [TestMethod]
    public void A_scan_is_stopped_within_a_thread_that_takes_long()
    {
        var target = new Target(clear: 2, unreadable: 0) { Stack = PointersAboveThemselves() };

        ScanResult result = target.Scan(new ScanRequest(), cancelAfter: 3);

        Assert.IsFalse(result.IsComplete);
        Assert.IsEmpty(result.Findings);
        Assert.AreEqual(-1, target.Left, "once true, it is not asked again");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void The_engine_must_walk_only_where_all_walks_are_asked_for(bool walkAll)
    {
        var target = new Target(clear: 1, unreadable: 1);

        target.Scan(new ScanRequest { WalkAll = walkAll });

        Assert.AreEqual(walkAll, target.HasForcedEngine);
    }

    /// <summary>A stack of which every second word looks like the beginning of a callback frame.</summary>
    private static byte[] PointersAboveThemselves()
    {
        byte[] bytes = new byte[0x2_0000];
        for (int i = 0; i < bytes.Length; i += sizeof(ulong))
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i), (ulong)(0x10000 + i + 0x38));
        return bytes;
    }

    /// <summary>
    /// Threads with a whole stack of zeros, which holds no callback, and threads without any memory. As in the engine no read works
    /// while the user's wish to stop waits to be seen.
    /// </summary>
    private sealed class Target(int clear, int unreadable) : IThreadTarget, IScanMonitor
    {
        public int Left { get; private set; } = int.MaxValue;

        public byte[] Stack { get; init; } = new byte[0x400];

        public List<int> Walked { get; } = [];

        public bool HasForcedEngine { get; private set; }

        public IProcessView Process { get; } = new UnknownProcess(Architecture.X64);

        public ImmutableArray<ThreadIdentity> Threads { get; } = [.. Enumerable.Range(0, clear + unreadable).Select(position => new ThreadIdentity(position))];

        public bool IsCancelled => Left-- <= 0;

        public ScanResult Scan(ScanRequest request, int cancelAfter = int.MaxValue)
        {
            Left = cancelAfter;
            return new ThreadScanner(this, new CallbackDetector(Process)).Run(request, this);
        }

        public ThreadStack Read(ThreadStack known, StackMemory? memory) => known.Thread.Position < clear && Left > 0
            ? known with { StackPointer = 0x10000, InstructionPointer = 0x5000, Memory = new StackMemory(0x10000, Stack, IsComplete: true) }
            : known with { Problem = "its stack memory cannot be read" };

        public ThreadStack Walk(ThreadStack stack, MemoryEvidence memory, bool byDebugger)
        {
            Walked.Add(stack.Thread.Position);
            HasForcedEngine |= byDebugger;
            return stack with { Walk = WalkExtent.Failed };
        }

        public void Report(string step, int done, int total)
        {
        }
    }
}

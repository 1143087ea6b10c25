using System.Collections.Immutable;
using KCallbacks.Detection;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Tests.Memory;

namespace KCallbacks.Scanning.Tests;

/// <summary>The memory of a thread is searched once: what it shows goes with the thread to the walk and to the judgement.</summary>
[TestClass]
public sealed class EvidenceHandedOnTests
{
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void The_walk_and_the_judgement_get_what_reading_found(bool oneAfterTheOther)
    {
        var target = new Target(isKernel: false);

        ThreadFinding finding = oneAfterTheOther ? target.Scanner.JudgeEach(new ScanRequest()).Single().Finding : target.Scan().Findings.Single();

        Assert.HasCount(1, target.Handed.Frames);
        Assert.AreEqual(Verdict.InCallback, finding.Verdict);
        Assert.AreEqual(target.Handed.Frames[0].Address, finding.Callbacks.Single().Address);
        Assert.AreEqual(1, target.TimesRead);
    }

    [TestMethod]
    public void Memory_that_only_the_walk_finds_is_searched_and_counted()
    {
        var target = new Target(isKernel: true);

        ScanResult result = target.Scan();

        Assert.IsEmpty(target.Handed.Frames);
        Assert.IsNotNull(result.Findings.Single().Callbacks.Single().Address);
        Assert.AreEqual(target.Stack.Memory!.Bytes.Length, result.Statistics.BytesRead);
    }

    /// <summary>A thread in a callback. In a kernel session without a trap frame only the walk finds its user stack.</summary>
    private sealed class Target(bool isKernel) : IThreadTarget, IScanMonitor
    {
        public ThreadStack Stack { get; } = new CallbackStackBuilder().Calls().X64Callback().Calls().Build();

        public ThreadScanner Scanner => new(this, new CallbackDetector(Process));

        public MemoryEvidence Handed { get; private set; }

        public int TimesRead { get; private set; }

        public IProcessView Process { get; } = WindowsX64.WithExports();

        public ImmutableArray<ThreadIdentity> Threads { get; } = [new ThreadIdentity(0)];

        public bool IsCancelled => false;

        public ScanResult Scan() => Scanner.Run(new ScanRequest(), this);

        public ThreadStack Know(ThreadIdentity thread) => new() { Thread = thread, Kernel = isKernel ? new KernelState(CallbackDepth: 1) : null };

        public ThreadStack Read(ThreadStack known, StackMemory? memory)
        {
            TimesRead++;
            return isKernel ? known : Stack with { Thread = known.Thread };
        }

        public ThreadStack Walk(ThreadStack stack, MemoryEvidence memory, bool byDebugger)
        {
            Handed = memory;
            return isKernel ? Stack with { Thread = stack.Thread, Kernel = stack.Kernel } : stack;
        }

        public void Report(string step, int done, int total)
        {
        }
    }
}

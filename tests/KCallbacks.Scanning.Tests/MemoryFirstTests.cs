using System.Collections.Immutable;
using KCallbacks.Detection;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Scanning.Tests;

/// <summary>A scan of a target that gives stack memory without registers: which threads' registers it reads.</summary>
[TestClass]
public sealed class MemoryFirstTests
{
    private const int Clear = 0;
    private const int Open = 1;
    private const int Unlisted = 2;

    private const ulong Stack = 0x1_0000;

    public static IEnumerable<object[]> RequestsForRegisters =>
    [
        [new ScanRequest { WithBlockedIn = true }],
        [new ScanRequest { WalkAll = true }],
        [new ScanRequest { WalkCleared = true }],
        [new ScanRequest { KeepStacks = true }],
    ];

    [TestMethod]
    public void Registers_are_read_only_of_threads_that_memory_does_not_clear()
    {
        var target = new Target();

        ScanResult result = target.Scan(new ScanRequest());

        Assert.AreSequenceEqual([Open, Unlisted], target.Registers);
        Assert.AreSequenceEqual([Clear, Open, Unlisted], result.Findings.Select(finding => finding.Thread.Position));
        Assert.AreEqual(Verdict.None, result.Findings[Clear].Verdict);
        Assert.DoesNotContain(Clear, result.Stacks.Keys);
        Assert.AreEqual(3, result.Statistics.ThreadsRead);
    }

    [TestMethod]
    public void Memory_that_was_read_is_handed_on()
    {
        var target = new Target();

        target.Scan(new ScanRequest());

        Assert.AreSequenceEqual([true, false], target.HadMemory);
    }

    [TestMethod]
    public void Memory_that_is_handed_on_is_not_overwritten_by_that_of_the_next_thread()
    {
        var target = new Target();

        ScanResult result = target.Scan(new ScanRequest());

        Assert.AreEqual(0, target.Walked[Open]);
        Assert.AreEqual(Verdict.None, result.Findings[Clear].Verdict);
        Assert.AreEqual(Verdict.Unknown, result.Findings[Open].Verdict);
    }

    [TestMethod]
    [DynamicData(nameof(RequestsForRegisters))]
    public void All_registers_are_read_when_more_is_wanted_than_verdicts(ScanRequest request)
    {
        var target = new Target();

        target.Scan(request);

        // Of threads that are all walked no memory is kept until then.
        Assert.AreSequenceEqual([Clear, Open, Unlisted], target.Registers.Distinct());
        Assert.DoesNotContain(true, target.HadMemory);
    }

    [TestMethod]
    public void Of_stacks_that_are_kept_the_memory_is_read_again_when_it_is_wanted()
    {
        ScanResult result = new Target().Scan(new ScanRequest { KeepStacks = true });

        Assert.IsTrue(result.Stacks.Values.All(stack => stack.Memory is null));
        Assert.IsNotEmpty(result.Extents);
        ThreadStack[] again = [.. result.StacksWithMemory(new Zeros())];
        Assert.AreSequenceEqual(result.Stacks.Keys.Order(), again.Select(stack => stack.Thread.Position));
        foreach (ThreadStack stack in again)
        {
            StackExtent? extent = result.Extents.GetValueOrDefault(stack.Thread.Position);
            Assert.AreEqual(extent?.Length, stack.Memory?.Bytes.Length);
            Assert.AreEqual(extent?.IsComplete, stack.Memory?.IsComplete);
        }

        Assert.Contains("could not be read a second time", result.StacksWithMemory(new UnknownProcess(Architecture.X64)).First(stack => result.Extents.ContainsKey(stack.Thread.Position)).Problem ?? "");
    }

    /// <summary>A process all of whose memory is there.</summary>
    private sealed class Zeros() : UnknownProcess(Architecture.X64), IProcessView
    {
        bool IProcessView.TryRead(ulong address, Span<byte> destination)
        {
            destination.Clear();
            return true;
        }
    }

    /// <summary>A thread whose whole stack is zeros, one of whose stack only a part is there, and one that no dump lists.</summary>
    private sealed class Target : IThreadTarget, IScanMonitor
    {
        /// <summary>What every call of <see cref="ReadMemory"/> overwrites.</summary>
        private readonly byte[] _peeked = new byte[0x400];

        public List<int> Registers { get; } = [];

        public List<bool> HadMemory { get; } = [];

        /// <summary>The first byte of the stack of each thread that was walked.</summary>
        public Dictionary<int, byte> Walked { get; } = [];

        public IProcessView Process { get; } = new UnknownProcess(Architecture.X64);

        public ImmutableArray<ThreadIdentity> Threads { get; } = [new(Clear), new(Open), new(Unlisted)];

        public bool IsCancelled => false;

        public ScanResult Scan(ScanRequest request) => new ThreadScanner(this, new CallbackDetector(Process)).Run(request, this);

        public StackMemory? ReadMemory(ThreadIdentity thread)
        {
            _peeked.AsSpan().Fill(thread.Position == Unlisted ? (byte)0xcc : (byte)0);
            return thread.Position == Unlisted ? null : new StackMemory(Stack, _peeked, IsComplete: thread.Position == Clear);
        }

        public ThreadStack Read(ThreadStack known, StackMemory? memory)
        {
            Registers.Add(known.Thread.Position);
            HadMemory.Add(memory is not null);
            return known with { InstructionPointer = 0x5000, StackPointer = Stack, Memory = memory ?? Zeros(isComplete: false) };
        }

        public ThreadStack Walk(ThreadStack stack, MemoryEvidence memory, bool byDebugger)
        {
            Walked[stack.Thread.Position] = stack.Memory!.Bytes.Span[0];
            return stack with { Walk = WalkExtent.Failed };
        }

        public void Report(string step, int done, int total)
        {
        }

        private static StackMemory Zeros(bool isComplete) => new(Stack, new byte[0x400], isComplete);
    }
}

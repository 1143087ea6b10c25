using System.Collections.Immutable;
using KCallbacks.Detection;
using KCallbacks.Detection.Model;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Stacks;

namespace KCallbacks.Fixtures.Tests;

/// <summary>The stacks as they were composed, judged by memory alone and by memory with the frames an unwinder would find.</summary>
[TestClass]
public sealed class MemoryEvidenceTests
{
    public static IEnumerable<object[]> Plans => UserCases.All.Select(plan => new object[] { plan.Name });

    [TestMethod]
    [DynamicData(nameof(Plans))]
    public void Memory_alone_tells_what_was_generated(string name)
    {
        UserDump dump = Fixtures.Compose(UserCases.All.Single(plan => plan.Name == name));
        var detector = new CallbackDetector(new FixtureProcess(dump));

        foreach (UserThread thread in dump.Threads.Where(thread => !OnlyAWalkCanTell(thread)))
        {
            ThreadFinding finding = detector.Judge(FixtureThread.StackOf(thread));

            Assert.AreEqual(dump.Plan.VerdictWithoutWalk(thread.Expected), finding.Verdict, Describe(dump, thread, finding));
            AssertCallbacks(dump, thread, finding);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Plans))]
    public void Memory_and_a_whole_walk_agree(string name)
    {
        UserDump dump = Fixtures.Compose(UserCases.All.Single(plan => plan.Name == name));
        var detector = new CallbackDetector(new FixtureProcess(dump));

        foreach (UserThread thread in dump.Threads.Where(thread => dump.Plan.Names == NameSource.Symbols && FixtureThread.IsWhole(thread)))
        {
            ThreadFinding finding = detector.Judge(FixtureThread.StackOf(thread) with { Frames = FramesOf(thread), Walk = WalkExtent.Complete });

            Assert.AreEqual(thread.Expected.Verdict, finding.Verdict, Describe(dump, thread, finding));
            AssertCallbacks(dump, thread, finding);
            Assert.IsEmpty(finding.Disagreements.Where(_ => !OnlyAWalkCanTell(thread)), Describe(dump, thread, finding));
        }
    }

    [TestMethod]
    public void Two_thousand_threads_are_judged_as_generated()
    {
        UserDump dump = Fixtures.Compose(UserCases.Large);
        var detector = new CallbackDetector(new FixtureProcess(dump));

        int[] depths = [.. dump.Threads.Select(thread => detector.Judge(FixtureThread.StackOf(thread)).Depth)];

        Assert.AreEqual(600, depths.Count(depth => depth == 1));
        Assert.AreEqual(200, depths.Count(depth => depth == 3));
        CollectionAssert.AreEqual(dump.Threads.Select(thread => thread.Expected.Depth).ToArray(), depths);
    }

    private static ImmutableArray<StackFrame> FramesOf(UserThread thread) =>
    [
        .. thread.Stack.Frames.Select((frame, index) => FrameOf(
            frame,
            returnAddress: index + 1 < thread.Stack.Frames.Count ? thread.Stack.Frames[index + 1].InstructionPointer : 0)),
    ];

    private static StackFrame FrameOf(ComposedFrame frame, ulong returnAddress)
    {
        int module = frame.Name.IndexOf('!', StringComparison.Ordinal);
        int displacement = frame.Name.LastIndexOf("+0x", StringComparison.Ordinal);
        string function = displacement < 0 ? frame.Name[(module + 1)..] : frame.Name[(module + 1)..displacement];
        ulong offset = displacement < 0 ? 0 : Convert.ToUInt64(frame.Name[(displacement + 3)..], 16);
        return new StackFrame(frame.Name[..module], function, offset, frame.InstructionPointer, frame.StackPointer, returnAddress);
    }

    /// <summary>A callback frame that is over and wholly intact is no different in memory from one that is not.</summary>
    private static bool OnlyAWalkCanTell(UserThread thread) =>
        thread.Plan.Entries.OfType<Call>().Any(call => call.Leftover is { Damage: LeftoverDamage.None });

    private static void AssertCallbacks(UserDump dump, UserThread thread, ThreadFinding finding)
    {
        string which = Describe(dump, thread, finding);
        Assert.AreEqual(thread.Expected.Depth, finding.Depth, which);
        for (int index = 0; index < thread.Expected.Depth; index++)
        {
            Callback expected = thread.Expected.Callbacks[index];
            Callback found = finding.Callbacks[index];
            Assert.AreEqual(expected.ApiNumber, found.ApiNumber, which);
            if (expected.Address != 0)
                Assert.AreEqual(expected.Address, found.Address, which);
            bool mayLack = !dump.Plan.HasWholeFrames;
            Assert.IsTrue(Plain(expected.Routine) == Plain(found.Routine) || (mayLack && found.Routine is null), $"{which} routine {found.Routine}");
            Assert.IsTrue(ExpectedFinding.IsEntry(expected.Entry, found.Entry) || (mayLack && found.Entry is null), $"{which} entry {found.Entry}, expected {expected.Entry}");
            if (found.Message is not null || !mayLack)
                Assert.AreEqual(Short(expected.Message, mayLack), Short(found.Message, mayLack), which);
            if (found.Delivery is null && mayLack)
                continue;
            Assert.AreEqual(expected.Delivery?.Text, found.Delivery?.Text, which);
            Assert.AreEqual(expected.Delivery?.ProcedureName, found.Delivery?.ProcedureName, which);
        }
    }

    /// <summary>The message without what depends on the names at hand.</summary>
    private static WindowMessage? Short(WindowMessage? message, bool is32Bit) => message is null ? null : message with
    {
        Name = null,
        WindowProcedurePlace = null,
        WParam = is32Bit ? (uint?)message.WParam : message.WParam,
        LParam = is32Bit ? (uint?)message.LParam : message.LParam,
    };

    /// <summary>Names differ in case and underscores with where they come from; of a WoW64 thread, memory may know the routine of one half only.</summary>
    private static string? Plain(string? name) =>
        name?.Replace("_", "", StringComparison.Ordinal).Replace("wow64win!whcb", "user32!", StringComparison.Ordinal).ToUpperInvariant();

    private static string Describe(UserDump dump, UserThread thread, ThreadFinding finding) =>
        $"{dump.Plan.Name}, {thread.Plan.Description}: {finding.Verdict} {finding.Depth}, {finding.Reason} {string.Join(' ', finding.Disagreements)}";
}

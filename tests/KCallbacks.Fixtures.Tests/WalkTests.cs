using System.Collections.Immutable;
using KCallbacks.Detection.Model;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Stacks;
using KCallbacks.Fixtures.Windows;
using KCallbacks.Scanning.Unwinding;

namespace KCallbacks.Fixtures.Tests;

/// <summary>The composed stacks, walked over the unwind data that the toolchain wrote into the built images.</summary>
[TestClass]
public sealed class WalkTests
{
    public static IEnumerable<object[]> Plans => UserCases.All.Append(UserCases.Large)
        .Where(plan => plan.Windows.Architecture == Architecture.X64).Select(plan => new object[] { plan.Name });

    [TestMethod]
    [DynamicData(nameof(Plans))]
    public void Every_frame_that_an_unwinder_can_find_is_found(string name)
    {
        UserDump dump = Compose(name);
        var walker = new X64StackWalker(new FixtureProcess(dump));

        foreach (UserThread thread in dump.Threads.Where(thread => thread.Captured is not null && thread.Plan.Wow64Half is not { Runs: true }))
        {
            WalkResult walk = walker.Walk(FixtureThread.StackOf(thread));

            bool isWhole = HasImages(dump) && FixtureThread.IsWhole(thread);
            string which = $"{thread.Plan.Description}: {walk.EndReason}";
            Assert.AreEqual(isWhole ? WalkExtent.Complete : WalkExtent.Truncated, walk.Extent, which);
            Assert.AreEqual(isWhole, walk.EndReason is null, which);
            CollectionAssert.AreEqual(
                thread.Stack.Frames.Take(isWhole ? int.MaxValue : walk.Frames.Length).Select(frame => (frame.InstructionPointer, frame.StackPointer)).ToArray(),
                walk.Frames.Select(frame => (frame.InstructionPointer, frame.StackPointer)).ToArray(),
                which);
        }
    }

    [TestMethod]
    public void A_walk_without_images_says_whose_are_missing()
    {
        UserDump dump = Fixtures.Compose(UserCases.StacksOnly(WindowsLayout.Windows10));
        var walker = new X64StackWalker(new FixtureProcess(dump));

        foreach (UserThread thread in dump.Threads)
            Assert.Contains("is not readable", walker.Walk(FixtureThread.StackOf(thread)).EndReason!);
    }

    [TestMethod]
    public void A_walk_through_code_without_module_ends_there()
    {
        UserDump dump = Fixtures.Compose(UserCases.JitCode);
        var walker = new X64StackWalker(new FixtureProcess(dump));
        UserThread[] threads = [.. dump.Threads.Where(thread => thread.Plan.Entries.Any(entry => entry is UnknownCode))];

        Assert.IsNotEmpty(threads);
        foreach (UserThread thread in threads)
        {
            WalkResult walk = walker.Walk(FixtureThread.StackOf(thread));
            int unknown = thread.Plan.Entries.ToList().FindIndex(entry => entry is UnknownCode);

            Assert.HasCount(unknown + 1, walk.Frames);
            Assert.Contains("lies in no module", walk.EndReason!);
        }
    }

    [TestMethod]
    public void Damaged_stacks_registers_and_images_neither_loop_nor_throw()
    {
        UserDump dump = Fixtures.Compose(UserCases.Shapes(WindowsLayout.Windows10));
        var random = new Random(1);

        for (int run = 0; run < 400; run++)
        {
            var walker = new X64StackWalker(new DamagedProcess(new FixtureProcess(dump), new Random(run)));
            UserThread thread = dump.Threads[random.Next(dump.Threads.Count)];

            WalkResult walk = walker.Walk(Damaged(FixtureThread.StackOf(thread), random));

            Assert.AreEqual(walk.Extent == WalkExtent.Complete, walk.EndReason is null);
            CollectionAssert.AreEqual(
                walk.Frames.Select(frame => frame.StackPointer).Order().ToArray(),
                walk.Frames.Select(frame => frame.StackPointer).ToArray());
        }
    }

    private static UserDump Compose(string name) => Fixtures.Compose(UserCases.All.Append(UserCases.Large).Single(plan => plan.Name == name));

    private static bool HasImages(UserDump dump) => dump.Plan.Names != NameSource.Nothing;

    private static ThreadStack Damaged(ThreadStack stack, Random random)
    {
        byte[] bytes = stack.Memory!.Bytes.ToArray();
        for (int count = random.Next(64); count > 0; count--)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return stack with
        {
            InstructionPointer = stack.InstructionPointer + (ulong)random.Next(-64, 64),
            Registers = default(X64Registers) with { Rbp = stack.StackPointer + (ulong)random.Next(0x100) },
            Memory = stack.Memory with { Bytes = bytes },
        };
    }

    /// <summary>Every read but that of a header may give a wrong byte.</summary>
    private sealed class DamagedProcess(IProcessView process, Random random) : IProcessView
    {
        public Architecture Architecture => process.Architecture;

        public int? WindowsBuild => process.WindowsBuild;

        public bool IsWine => process.IsWine;

        public ImmutableArray<Module> Modules => process.Modules;

        public ulong? ProcessEnvironmentBlock => process.ProcessEnvironmentBlock;

        public bool TryRead(ulong address, Span<byte> destination)
        {
            bool isRead = process.TryRead(address, destination);
            if (isRead && !destination.IsEmpty && destination is not [(byte)'M', ..] and not [(byte)'P', ..] && random.Next(2) == 0)
                destination[random.Next(destination.Length)] = (byte)random.Next(256);
            return isRead;
        }

        public Symbol? FindSymbol(ulong address) => process.FindSymbol(address);

        public ulong? FindFunction(string module, string function) => process.FindFunction(module, function);
    }
}

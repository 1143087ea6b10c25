using KCallbacks.Detection.Model;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Kernel;
using KCallbacks.Fixtures.Stacks;

namespace KCallbacks.Engine.Tests.Generated;

/// <summary>The debug engine itself walks the generated stacks frame by frame as they were composed: the fixtures are true to Windows.</summary>
[TestClass]
public sealed class WalkTests
{
    /// <summary>Without symbols a walk of 32-bit code goes along EBP and past the stubs.</summary>
    public static IEnumerable<object[]> UserPlans => UserCases.All
        .Where(plan => plan.Names != NameSource.Nothing && !plan.HidesSignature && (plan.Windows.Architecture != Architecture.X86 || plan.HasSymbols))
        .Select(plan => new object[] { plan.Name });

    public static IEnumerable<object[]> KernelPlans =>
        KernelCases.All.Where(plan => plan.HasSymbols).Select(plan => new object[] { plan.Name });

    [TestMethod]
    [DynamicData(nameof(UserPlans))]
    public void Threads_of_a_user_dump_are_walked_as_composed(string name)
    {
        (UserDump dump, EngineProcess engine) = GeneratedSession.Open(UserCases.All.Single(plan => plan.Name == name));
        using EngineProcess session = engine;

        IReadOnlyList<IReadOnlyList<(ulong StackPointer, string Name)>> walks = PrintedWalk.Read(engine.Run("~*kn"));

        Assert.HasCount(dump.Threads.Count, walks);
        foreach ((UserThread thread, IReadOnlyList<(ulong StackPointer, string Name)> walk) in dump.Threads.Zip(walks).Where(pair => IsWhole(pair.First)))
            AssertWalk(thread.Stack.Frames, walk, withNames: dump.Plan.Names == NameSource.Symbols && dump.Plan != UserCases.HostileNames);
    }

    [TestMethod]
    [DynamicData(nameof(KernelPlans))]
    public void Threads_of_a_kernel_dump_are_walked_across_both_halves(string name)
    {
        (KernelDump dump, EngineProcess engine) = GeneratedSession.Open(KernelCases.All.Single(plan => plan.Name == name));
        using EngineProcess session = engine;

        foreach (KernelProcess process in dump.Processes)
        {
            engine.Run($".process /p /r 0x{process.Address:x}");
            foreach (KernelThread thread in process.Threads.Where(thread => IsWhole(thread.User)))
            {
                engine.Run($".thread /p 0x{thread.Address:x}");
                AssertWalk([.. thread.Stack.Frames, .. thread.User.Stack.Frames], PrintedWalk.Read(engine.Run("kn"))[0], withNames: true);
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(KernelPlans))]
    public void The_engine_lists_the_processes_of_a_kernel_dump(string name)
    {
        (KernelDump dump, EngineProcess engine) = GeneratedSession.Open(KernelCases.All.Single(plan => plan.Name == name));
        using EngineProcess session = engine;

        string processes = engine.Run("dx @$cursession.Processes");

        foreach (KernelProcess process in dump.Processes)
            Assert.Contains($"[0x{process.Id:x}]", processes);
    }

    [TestMethod]
    public void A_triage_dump_knows_its_thread_and_its_drivers_only()
    {
        (KernelDump dump, EngineProcess engine) = GeneratedSession.Open(KernelCases.Triage);
        using EngineProcess session = engine;

        Assert.Contains($"{dump.Processes[0].Threads[0].Address:x16}".Insert(8, "`"), engine.Run(".thread"));
        Assert.Contains("win32kfull", engine.Run("lm"));
        Assert.DoesNotContain("editor.exe", engine.Run("dx @$cursession.Processes"));
    }

    private static bool IsWhole(UserThread thread) =>
        thread.Captured is not null && thread.Plan.Wow64Half is not { Runs: true } && !thread.Expected.IsAtLeast && !thread.Plan.Entries.Any(entry => entry is UnknownCode);

    private static void AssertWalk(IReadOnlyList<ComposedFrame> expected, IReadOnlyList<(ulong StackPointer, string Name)> walk, bool withNames)
    {
        CollectionAssert.AreEqual(expected.Select(frame => frame.PrintedPointer).ToArray(), walk.Select(frame => frame.StackPointer).ToArray());
        if (withNames)
            CollectionAssert.AreEqual(expected.Select(frame => frame.Name).ToArray(), walk.Select(frame => frame.Name).ToArray());
    }
}

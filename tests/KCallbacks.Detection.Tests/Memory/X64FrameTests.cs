using KCallbacks.Detection.Memory.Search;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Memory;

[TestClass]
public sealed class X64FrameTests
{
    private static readonly SyntheticProcess Process = WindowsX64.WithExports();

    public static IEnumerable<object[]> Depths => Enumerable.Range(0, 32).Select(depth => new object[] { depth });

    [TestMethod]
    [DynamicData(nameof(Depths))]
    public void Every_nested_frame_is_found_with_all_it_says(int depth)
    {
        var builder = new CallbackStackBuilder(size: 0x8000, seed: depth);
        for (int level = 0; level < depth; level++)
            builder.Calls(0x30 + 24 * level).X64Callback(apiNumber: level, input: new byte[level * 7]);

        MemoryEvidence evidence = Examine(builder.Calls().Build());

        CollectionAssert.AreEqual(FrameContent.Of(builder.Frames), FrameContent.Of(evidence.Frames));
        Assert.IsTrue(evidence.Frames.All(frame => frame.Confidence == Confidence.High));
        Assert.IsEmpty(evidence.Rejected);
        Assert.IsFalse(evidence.DepthIsMinimum);
        Assert.IsTrue(evidence.CanProveAbsence);
    }

    [TestMethod]
    public void Garbage_in_the_slots_the_kernel_does_not_write_changes_nothing()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().X64Callback();
        ulong frame = builder.Frames[0].Address;

        foreach (ulong slot in new ulong[] { 0x38, 0x40, 0x50 })
            builder.Write(frame + slot, 0xdead_beef_dead_beefUL);

        Assert.HasCount(1, Examine(builder.Build()).Frames);
    }

    [TestMethod]
    [DataRow(0x1fUL)]
    [DataRow(0x24UL)]
    [DataRow(0x2bUL)]
    [DataRow(0x30UL)]
    public void The_returns_of_all_known_builds_are_known(ulong displacement)
    {
        CallbackFrame frame = Examine(new CallbackStackBuilder().Calls()
            .X64Callback(returnAddress: WindowsX64.Dispatcher + displacement).Build()).Frames.Single();

        Assert.AreEqual(Confidence.High, frame.Confidence);
        StringAssert.Contains(frame.ConfidenceReason, $"KiUserCallbackDispatcher+0x{displacement:x}");
    }

    [TestMethod]
    public void A_return_into_the_dispatcher_of_a_future_build_is_believed_less()
    {
        CallbackFrame frame = Examine(new CallbackStackBuilder().Calls()
            .X64Callback(returnAddress: WindowsX64.Dispatcher + 0x27).Build()).Frames.Single();

        Assert.AreEqual(Confidence.Medium, frame.Confidence);
    }

    [TestMethod]
    public void A_stale_frame_is_rejected_with_the_reason()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().X64Callback(apiNumber: 7).Calls().X64Callback().LeaveStale();

        MemoryEvidence evidence = Examine(builder.Calls().Build());

        Assert.AreEqual(7, evidence.Frames.Single().ApiNumber);
        StringAssert.Contains(evidence.Rejected.Single().Reason, "not in KiUserCallbackDispatcher");
    }

    [TestMethod]
    public void A_frame_below_the_stack_pointer_is_over()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().X64Callback().Calls();
        ThreadStack thread = builder.Build();

        MemoryEvidence evidence = Examine(thread with { StackPointer = builder.Frames[0].OuterStackPointer });

        Assert.IsEmpty(evidence.Frames);
    }

    [TestMethod]
    public void The_dispatcher_that_has_not_called_its_routine_yet_is_a_callback()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().X64Callback(returnAddress: 0x1234);
        ThreadStack thread = builder.Build(instructionPointer: WindowsX64.Dispatcher + 9) with { StackPointer = builder.Frames[0].Address };

        Assert.AreEqual("the dispatcher itself runs; entered right after a system call", Examine(thread).Frames.Single().ConfidenceReason);
    }

    [TestMethod]
    public void A_frame_cut_by_the_end_of_the_memory_counts_as_at_least_one()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().X64Callback(apiNumber: 0x54).Calls();

        MemoryEvidence evidence = Examine(builder.Build(end: builder.Frames[0].Address + 0x30));

        CallbackFrame frame = evidence.Frames.Single();
        Assert.IsTrue(evidence.DepthIsMinimum);
        Assert.IsFalse(evidence.CanProveAbsence);
        Assert.IsTrue(frame.IsCut);
        Assert.AreEqual(0x54, frame.ApiNumber);
        Assert.AreEqual(0UL, frame.OuterStackPointer);
        Assert.AreEqual(Confidence.Medium, frame.Confidence);
    }

    [TestMethod]
    public void A_frame_whose_caller_is_behind_the_end_of_the_memory_is_whole()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().X64Callback().Calls();

        MemoryEvidence evidence = Examine(builder.Build(end: builder.Frames[0].Address + 0x58));

        Assert.IsFalse(evidence.Frames.Single().IsCut);
        Assert.IsTrue(evidence.DepthIsMinimum);
    }

    [TestMethod]
    public void Without_memory_nothing_is_proved()
    {
        MemoryEvidence evidence = Examine(new ThreadStack { Thread = new ThreadIdentity(0) });

        Assert.IsEmpty(evidence.Frames);
        Assert.IsFalse(evidence.CanProveAbsence);
        Assert.IsTrue(evidence.DepthIsMinimum);
    }

    [TestMethod]
    [DataRow(0UL, true)]
    [DataRow(0x14UL, true)]
    [DataRow(0x1fUL, true)]
    [DataRow(0x20UL, false)]
    public void The_return_stub_is_known_by_its_bounds(ulong displacement, bool expected) =>
        Assert.AreEqual(expected, Examine(new CallbackStackBuilder().Calls().X64Callback()
            .Build(WindowsX64.CallbackReturn + displacement)).IsAtReturn);

    [TestMethod]
    public void The_stub_behind_the_return_stub_is_another_one()
    {
        SyntheticProcess process = WindowsX64.WithExports().WithFunction("ntdll!NtNext", WindowsX64.CallbackReturn + 0x10);

        Assert.IsFalse(new CallbackFrameFinder(process).Examine(new CallbackStackBuilder().Build(WindowsX64.CallbackReturn + 0x14)).IsAtReturn);
    }

    [TestMethod]
    public void Without_exports_the_module_of_the_return_address_gives_medium_confidence()
    {
        var finder = new CallbackFrameFinder(WindowsX64.WithoutSymbols());

        CallbackFrame frame = finder.Examine(new CallbackStackBuilder().Calls().X64Callback().Build()).Frames.Single();

        Assert.AreEqual(Confidence.Medium, frame.Confidence);
    }

    [TestMethod]
    public void Without_exports_a_label_of_the_program_database_names_the_dispatcher()
    {
        SyntheticProcess process = new SyntheticProcess { Modules = [.. WindowsX64.Modules] }
            .WithSymbol("ntdll!KiUserCallbackDispatcherContinue", WindowsX64.ReturnFromRoutine);

        CallbackFrame frame = new CallbackFrameFinder(process).Examine(new CallbackStackBuilder().Calls().X64Callback().Build()).Frames.Single();

        Assert.AreEqual(Confidence.High, frame.Confidence);
    }

    [TestMethod]
    public void Without_exports_the_dispatchers_code_tells()
    {
        SyntheticProcess process = WindowsX64.WithoutSymbols()
            .WithMemory(WindowsX64.ReturnFromRoutine, 0x33, 0xC9, 0x33, 0xD2, 0x44, 0x8B, 0xC0, 0xE8);

        CallbackFrame frame = new CallbackFrameFinder(process).Examine(new CallbackStackBuilder().Calls().X64Callback().Build()).Frames.Single();

        Assert.AreEqual(Confidence.High, frame.Confidence);
    }

    [TestMethod]
    [DataRow(0x9fbf4UL, Confidence.High, DisplayName = "19041.488")]
    [DataRow(0x998efUL, Confidence.High, DisplayName = "9600.16384")]
    [DataRow(0x9fbf5UL, Confidence.Medium, DisplayName = "no known build")]
    public void Without_exports_the_return_of_a_known_ntdll_is_known(ulong offsetInNtdll, Confidence expected)
    {
        CallbackFrame frame = new CallbackFrameFinder(WindowsX64.WithoutSymbols())
            .Examine(new CallbackStackBuilder().Calls().X64Callback(returnAddress: WindowsX64.Ntdll + offsetInNtdll).Build()).Frames.Single();

        Assert.AreEqual(expected, frame.Confidence);
    }

    [TestMethod]
    public void Without_any_module_structure_alone_gives_low_confidence()
    {
        CallbackFrame frame = new CallbackFrameFinder(new SyntheticProcess())
            .Examine(new CallbackStackBuilder().Calls().X64Callback().Build()).Frames.Single();

        Assert.AreEqual(Confidence.Low, frame.Confidence);
    }

    public static IEnumerable<object[]> BrokenInvariants =>
    [
        ["the buffer points elsewhere", 0x20UL, 0x1234UL],
        ["the API number is too big", 0x28UL, 0x0000_0200_0000_0000UL],
        ["the input is too long", 0x28UL, 0x0000_0002_0001_0001UL],
        ["the outer stack pointer does not fit", 0x48UL, 0x00ab_cd0f_fff0UL],
        ["the entry is in no module that makes system calls", 0x30UL, WindowsX64.App + 0x14],
        ["the entry is not right after a system call", 0x30UL, WindowsX64.Entry + 1],
    ];

    [TestMethod]
    [DynamicData(nameof(BrokenInvariants))]
    public void One_broken_invariant_is_enough(string what, ulong offset, ulong value)
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().X64Callback();
        builder.Write(builder.Frames[0].Address + offset, value);

        Assert.IsEmpty(Examine(builder.Build()).Frames, what);
    }

    private static MemoryEvidence Examine(ThreadStack thread) => new CallbackFrameFinder(Process).Examine(thread);
}

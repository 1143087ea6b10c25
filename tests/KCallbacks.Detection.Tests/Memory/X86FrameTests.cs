using KCallbacks.Detection.Memory.Search;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Memory;

[TestClass]
public sealed class X86FrameTests
{
    private static readonly CallbackLayout[] Layouts = [CallbackLayout.X86Xp, CallbackLayout.X86Vista, CallbackLayout.X86Windows10];

    public static IEnumerable<object[]> LayoutsAndDepths =>
        from layout in Layouts
        from depth in Enumerable.Range(0, 32)
        select new object[] { layout, depth };

    public static IEnumerable<object[]> EveryLayout => Layouts.Select(layout => new object[] { layout });

    [TestMethod]
    [DynamicData(nameof(LayoutsAndDepths))]
    public void Every_nested_frame_is_found_with_all_it_says(CallbackLayout layout, int depth)
    {
        MemoryEvidence evidence = Examine(Nested(layout, depth), WindowsX86.WithExports(layout));

        CollectionAssert.AreEqual(FrameContent.Of(Nested(layout, depth).Frames), FrameContent.Of(evidence.Frames));
        Assert.IsTrue(evidence.Frames.All(frame => frame.Confidence == Confidence.High));
        Assert.IsTrue(evidence.CanProveAbsence);
    }

    [TestMethod]
    [DynamicData(nameof(EveryLayout))]
    public void The_version_need_not_be_known(CallbackLayout layout)
    {
        SyntheticProcess process = WindowsX86.WithoutSymbols().WithFunction("ntdll_771d0000!KiUserCallbackDispatcher", WindowsX86.Dispatcher);

        CollectionAssert.AreEqual(FrameContent.Of(Nested(layout, 3).Frames), FrameContent.Of(Examine(Nested(layout, 3), process).Frames));
    }

    [TestMethod]
    [DataRow(CallbackLayout.X86Xp, Confidence.Low)]
    [DataRow(CallbackLayout.X86Vista, Confidence.High)]
    [DataRow(CallbackLayout.X86Windows10, Confidence.High)]
    public void Without_exports_the_distance_of_the_exception_handler_proves_a_frame(CallbackLayout layout, Confidence expected)
    {
        MemoryEvidence evidence = Examine(Nested(layout, 1), WindowsX86.WithoutSymbols(WindowsX86.BuildOf(layout)));

        Assert.AreEqual(expected, evidence.Frames.Single().Confidence);
    }

    [TestMethod]
    [DynamicData(nameof(EveryLayout))]
    public void A_stale_frame_is_not_taken_for_a_callback(CallbackLayout layout)
    {
        CallbackStackBuilder builder = Nested(layout, 2).LeaveStale(WindowsX86.App + 0x1234);

        MemoryEvidence evidence = Examine(builder.Calls(), WindowsX86.WithExports(layout));

        CollectionAssert.AreEqual(FrameContent.Of(builder.Frames), FrameContent.Of(evidence.Frames));
    }

    [TestMethod]
    public void A_frame_that_the_exception_chain_passes_by_is_stale()
    {
        CallbackStackBuilder builder = Nested(CallbackLayout.X86Windows10, 3);
        CallbackFrame[] frames = [.. builder.Frames];
        builder.Write(frames[0].Address + 0x0c, (uint)frames[2].Address + 0x0c);

        MemoryEvidence evidence = Examine(builder, WindowsX86.WithExports(CallbackLayout.X86Windows10));

        CollectionAssert.AreEqual(new[] { frames[0].Address, frames[2].Address }, evidence.Frames.Select(frame => frame.Address).ToArray());
        StringAssert.Contains(evidence.Rejected.Single(frame => frame.Address == frames[1].Address).Reason, "exception records");
    }

    [TestMethod]
    public void Other_exception_records_between_the_frames_do_not_disturb()
    {
        CallbackStackBuilder builder = Nested(CallbackLayout.X86Windows10, 2);
        ulong between = builder.Frames[1].Address - 0x20;
        builder.Write(builder.Frames[0].Address + 0x0c, (uint)between).Write(between, (uint)builder.Frames[1].Address + 0x0c);

        Assert.HasCount(2, Examine(builder, WindowsX86.WithExports(CallbackLayout.X86Windows10)).Frames);
    }

    [TestMethod]
    public void A_broken_exception_chain_proves_nothing()
    {
        CallbackStackBuilder builder = Nested(CallbackLayout.X86Windows10, 2);
        ulong between = builder.Frames[1].Address - 0x20;
        builder.Write(builder.Frames[0].Address + 0x0c, (uint)between).Write(between, 4u);

        Assert.HasCount(2, Examine(builder, WindowsX86.WithExports(CallbackLayout.X86Windows10)).Frames);
    }

    [TestMethod]
    [DataRow(0x10017u)]
    [DataRow(0x1003fu)]
    public void A_procedure_call_of_XP_is_not_taken_for_a_callback(uint contextFlags)
    {
        byte[] context = new byte[0x2cc];
        BitConverter.TryWriteBytes(context, contextFlags);
        CallbackStackBuilder WithApc() => new CallbackStackBuilder(is32Bit: true).Calls()
            .X86Callback(CallbackLayout.X86Xp, context, returnAddress: WindowsX86.Dispatcher - 0x40 + 7);

        Assert.IsEmpty(Examine(WithApc(), WindowsX86.WithExports(CallbackLayout.X86Xp)).Frames);
        Assert.IsEmpty(Examine(WithApc(), WindowsX86.WithoutSymbols(2600)).Frames);
    }

    [TestMethod]
    public void A_monitor_of_XP_is_not_taken_for_the_registers_of_a_procedure_call()
    {
        byte[] input = new byte[0x24];
        BitConverter.TryWriteBytes(input, 0x1_0001u);

        CallbackStackBuilder builder = new CallbackStackBuilder(is32Bit: true).Calls().X86Callback(CallbackLayout.X86Xp, input).Calls();

        Assert.HasCount(1, Examine(builder, WindowsX86.WithoutSymbols(2600)).Frames);
    }

    [TestMethod]
    public void The_code_of_XP_behind_the_call_proves_a_frame()
    {
        SyntheticProcess process = WindowsX86.WithoutSymbols(2600)
            .WithMemory(WindowsX86.ReturnOf(CallbackLayout.X86Xp), 0x33, 0xC9, 0x33, 0xD2, 0xCD, 0x2B);

        Assert.AreEqual(Confidence.High, Examine(Nested(CallbackLayout.X86Xp, 1), process).Frames.Single().Confidence);
    }

    [TestMethod]
    [DynamicData(nameof(EveryLayout))]
    public void A_return_of_another_version_is_not_believed(CallbackLayout layout)
    {
        uint displacement = layout == CallbackLayout.X86Xp ? 0x4du : 0x13u;
        CallbackStackBuilder builder = new CallbackStackBuilder(is32Bit: true).Calls().X86Callback(layout, returnAddress: WindowsX86.Dispatcher + displacement);

        Assert.IsEmpty(Examine(builder, WindowsX86.WithExports(layout)).Frames);
    }

    [TestMethod]
    public void A_frame_cut_by_the_end_of_the_memory_counts_as_at_least_one()
    {
        CallbackStackBuilder builder = Nested(CallbackLayout.X86Windows10, 1);
        ThreadStack thread = builder.Build(WindowsX86.App, end: builder.Frames[0].Address + 0x10);

        MemoryEvidence evidence = new CallbackFrameFinder(WindowsX86.WithExports(CallbackLayout.X86Windows10)).Examine(thread);

        Assert.IsTrue(evidence.Frames.Single().IsCut);
        Assert.AreEqual(Confidence.Medium, evidence.Frames.Single().Confidence);
        Assert.IsTrue(evidence.DepthIsMinimum);
    }

    [TestMethod]
    public void A_thread_in_the_return_stub_behind_a_fast_system_call_is_at_the_return()
    {
        CallbackStackBuilder builder = Nested(CallbackLayout.X86Xp, 1);
        builder.Calls().Write(builder.StackPointer, WindowsX86.CallbackReturn + 0x0c);
        ThreadStack thread = builder.Build(WindowsX86.FastCallReturn);

        Assert.IsTrue(new CallbackFrameFinder(WindowsX86.WithExports(CallbackLayout.X86Xp)).Examine(thread).IsAtReturn);
    }

    [TestMethod]
    public void Both_halves_of_a_WoW64_thread_show_the_same_callback()
    {
        SyntheticProcess process = new SyntheticProcess
        {
            Architecture = Architecture.X86,
            Modules = [.. WindowsX86.Modules, .. WindowsX64.Modules, new Module("wow64win", WindowsX64.Win32u + 0x10_0000, 0x80000)],
            HasExportsOnly = true,
        }
            .WithFunction("ntdll!KiUserCallbackDispatcher", WindowsX64.Dispatcher)
            .WithFunction("ntdll_771d0000!KiUserCallbackDispatcher", WindowsX86.Dispatcher);
        ThreadStack half = Nested(CallbackLayout.X86Windows10, 2).Build(WindowsX86.App);
        ThreadStack thread = new CallbackStackBuilder().Calls()
            .X64Callback(rip: WindowsX64.Win32u + 0x10_2014).Calls().X64Callback(rip: WindowsX64.Win32u + 0x10_3014).Build() with { Wow64Half = half };
        var finder = new CallbackFrameFinder(process);

        Assert.HasCount(2, finder.Examine(thread).Frames);
        Assert.HasCount(2, finder.Examine(half).Frames);
    }

    private static CallbackStackBuilder Nested(CallbackLayout layout, int depth)
    {
        var builder = new CallbackStackBuilder(size: 0x8000, seed: depth, is32Bit: true);
        for (int level = 0; level < depth; level++)
            builder.Calls(0x30 + 12 * level).X86Callback(layout, new byte[4 * level]);
        return builder;
    }

    private static MemoryEvidence Examine(CallbackStackBuilder builder, SyntheticProcess process) =>
        new CallbackFrameFinder(process).Examine(builder.Build(WindowsX86.App + 0x1000));
}

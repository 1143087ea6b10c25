using KCallbacks.Detection.Memory.Search;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Memory;

[TestClass]
public sealed class OtherLayoutTests
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(5)]
    public void Wines_frames_are_found_under_Wine(int depth)
    {
        var builder = new CallbackStackBuilder();
        for (int level = 0; level < depth; level++)
            builder.Calls(0x48).WineCallback(apiNumber: level, input: new byte[level * 11]);

        MemoryEvidence evidence = new CallbackFrameFinder(Wine()).Examine(builder.Build());

        CollectionAssert.AreEqual(FrameContent.Of(builder.Frames), FrameContent.Of(evidence.Frames));
        Assert.IsTrue(evidence.Frames.All(frame => frame.Confidence == Confidence.High));
        Assert.IsFalse(evidence.CanProveAbsence, "no other version of Wine was measured");
    }

    [TestMethod]
    public void Wines_frames_are_not_looked_for_on_Windows()
    {
        MemoryEvidence evidence = new CallbackFrameFinder(WindowsX64.WithExports()).Examine(new CallbackStackBuilder().Calls().WineCallback().Build());

        Assert.IsEmpty(evidence.Frames);
    }

    [TestMethod]
    public void A_32_bit_process_of_Wine_is_not_declared_free_of_callbacks()
    {
        var finder = new CallbackFrameFinder(new SyntheticProcess { IsWine = true, Architecture = Architecture.X86, Modules = [.. WindowsX86.Modules] });

        Assert.IsFalse(finder.Examine(new CallbackStackBuilder(is32Bit: true).Build(WindowsX86.App)).CanProveAbsence);
    }

    [TestMethod]
    public void A_Wine_frame_without_its_return_address_is_doubted()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().WineCallback();
        builder.Write(builder.StackPointer, WindowsX64.App);

        Assert.AreEqual(Confidence.Low, new CallbackFrameFinder(Wine()).Examine(builder.Build()).Frames.Single().Confidence);
    }

    [TestMethod]
    public void A_Wine_frame_may_have_been_entered_from_code_that_a_runtime_made()
    {
        const ulong caller = 0x6800_0100;
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().WineCallback();
        ulong outer = builder.Frames.Single().OuterStackPointer;
        builder.Write(outer, caller);

        Assert.AreEqual(outer, OuterOf(Wine().WithMemory(caller - 7, 0, 0, 0xe8, 0, 0, 0, 0)), "after a call");
        Assert.AreEqual(0UL, OuterOf(Wine().WithMemory(caller - 7, 0, 0, 0, 0, 0, 0, 0)), "after no call");
        Assert.AreEqual(0UL, OuterOf(Wine()), "memory that cannot be read");

        ulong OuterOf(SyntheticProcess process) => new CallbackFrameFinder(process).Examine(builder.Build()).Frames.Single().OuterStackPointer;
    }

    [TestMethod]
    public void A_Wine_frame_whose_callback_has_returned_is_rejected()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().WineCallback();
        builder.Write(builder.StackPointer, WindowsX64.Dispatcher + 0xcf);
        builder.Calls();

        MemoryEvidence evidence = new CallbackFrameFinder(Wine()).Examine(builder.Build());

        Assert.IsEmpty(evidence.Frames);
        Assert.AreEqual("its callback has returned to Wine's kernel side", evidence.Rejected.Single().Reason);
    }

    [TestMethod]
    public void A_Wine_frame_that_returns_nowhere_is_rejected()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().WineCallback();
        builder.Write(builder.StackPointer, 0UL);
        builder.Write(builder.Frames.Single().OuterStackPointer, 0UL);

        Assert.IsEmpty(new CallbackFrameFinder(Wine()).Examine(builder.Build()).Frames);
    }

    [TestMethod]
    public void A_Wine_frame_that_returns_just_now_counts()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().WineCallback();
        builder.Write(builder.StackPointer, WindowsX64.Dispatcher + 0xcf);

        Assert.HasCount(1, new CallbackFrameFinder(Wine()).Examine(builder.Build()).Frames);
    }

    [TestMethod]
    public void A_Wine_frame_may_return_into_the_program_itself()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().WineCallback();
        ulong outer = builder.Frames.Single().OuterStackPointer;
        builder.Write(outer, WindowsX64.App + 0x10);

        Assert.AreEqual(outer, new CallbackFrameFinder(Wine()).Examine(builder.Build()).Frames.Single().OuterStackPointer);
    }

    [TestMethod]
    [DataRow(new byte[] { 0xff, 0x15, 0x00, 0x10, 0x00, 0x00 }, DisplayName = "through the import table")]
    [DataRow(new byte[] { 0x90, 0xe8, 0x00, 0x20, 0x00, 0x00 }, DisplayName = "through a jump")]
    public void A_Wine_frame_names_the_stub_that_the_code_before_the_outer_return_address_calls(byte[] call)
    {
        byte[] stub = [0x4c, 0x8b, 0xd1, 0xb8, 0x42, 0x13, 0, 0, 0xf6, 0x04, 0x25, 0x08, 0x03, 0xfe, 0x7f, 0x01, 0x75, 0x03, 0x0f, 0x05, 0xc3, 0xcd, 0x2e, 0xc3];
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().WineCallback();
        ulong caller = WindowsX64.User32 + 0x2000;
        ulong stubAddress = WindowsX64.App + 0x4000;
        SyntheticProcess process = Wine()
            .WithMemory(caller - 6, call)
            .WithMemory(caller + 0x1000, BitConverter.GetBytes(stubAddress))
            .WithMemory(caller + 0x2000, 0xff, 0x25, 0xfa, 0x0f, 0, 0)
            .WithMemory(caller + 0x3000, BitConverter.GetBytes(stubAddress))
            .WithMemory(stubAddress, stub);

        CallbackFrame frame = new CallbackFrameFinder(process).Examine(builder.Build()).Frames.Single();

        Assert.AreEqual(stubAddress + 0x14, frame.EntryInstructionPointer);
    }

    [TestMethod]
    public void ARM64_frames_have_low_confidence_and_their_absence_proves_nothing()
    {
        var process = new SyntheticProcess { Architecture = Architecture.Arm64, Modules = [.. WindowsX64.Modules] };
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().Arm64Callback(apiNumber: 0x2f, input: new byte[0x33]).Calls().Arm64Callback().Calls();

        MemoryEvidence evidence = new CallbackFrameFinder(process).Examine(builder.Build());

        CollectionAssert.AreEqual(FrameContent.Of(builder.Frames), FrameContent.Of(evidence.Frames));
        Assert.IsTrue(evidence.Frames.All(frame => frame.Confidence == Confidence.Low));
        Assert.IsFalse(evidence.CanProveAbsence);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(0x28)]
    [DataRow(0x30)]
    [DataRow(0x38)]
    [DataRow(0x88)]
    public void An_ARM64_frame_lies_below_the_red_zone_of_the_code_it_interrupts(int inputLength)
    {
        var finder = new CallbackFrameFinder(new SyntheticProcess { Architecture = Architecture.Arm64, Modules = [.. WindowsX64.Modules] });
        CallbackStackBuilder real = new CallbackStackBuilder().Calls().Arm64Callback(input: new byte[inputLength]).Calls();
        CallbackStackBuilder withoutRedZone = new CallbackStackBuilder().Calls().Arm64Callback(input: new byte[inputLength], redZone: 0).Calls();

        CollectionAssert.AreEqual(FrameContent.Of(real.Frames), FrameContent.Of(finder.Examine(real.Build()).Frames));
        Assert.IsEmpty(finder.Examine(withoutRedZone.Build()).Frames);
    }

    [TestMethod]
    public void A_process_of_unknown_architecture_is_searched_for_every_Windows_layout()
    {
        var finder = new CallbackFrameFinder(new SyntheticProcess { Architecture = Architecture.Unknown, Modules = [.. WindowsX64.Modules] });
        var finder32 = new CallbackFrameFinder(new SyntheticProcess { Architecture = Architecture.Unknown, WindowsBuild = null, Modules = [.. WindowsX86.Modules] });

        Assert.AreEqual(CallbackLayout.X64, finder.Examine(new CallbackStackBuilder().Calls().X64Callback().Build()).Frames.Single().Layout);
        Assert.AreEqual(CallbackLayout.X86Vista, finder32.Examine(new CallbackStackBuilder(is32Bit: true).Calls()
            .X86Callback(CallbackLayout.X86Vista).Build()).Frames.Single().Layout);
    }

    [TestMethod]
    public void An_architecture_without_a_known_layout_proves_nothing()
    {
        MemoryEvidence evidence = new CallbackFrameFinder(new SyntheticProcess { Architecture = Architecture.Arm32 }).Examine(new CallbackStackBuilder().Build());

        Assert.IsEmpty(evidence.Frames);
        Assert.IsFalse(evidence.CanProveAbsence);
    }

    private static SyntheticProcess Wine() =>
        new SyntheticProcess { IsWine = true, Modules = [.. WindowsX64.Modules] }.WithFunction("ntdll!KiUserCallbackDispatcher", WindowsX64.Dispatcher);
}

using KCallbacks.Detection.Memory;

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

        CollectionAssert.AreEqual(Told(builder.Frames), Told(evidence.Frames));
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
    public void A_Wine_frame_without_its_return_address_is_doubted()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().WineCallback();
        builder.Write(builder.StackPointer, WindowsX64.App);

        Assert.AreEqual(Confidence.Low, new CallbackFrameFinder(Wine()).Examine(builder.Build()).Frames.Single().Confidence);
    }

    [TestMethod]
    public void ARM64_frames_have_low_confidence_and_their_absence_proves_nothing()
    {
        var process = new SyntheticProcess { Architecture = Architecture.Arm64, Modules = [.. WindowsX64.Modules] };
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().Arm64Callback(apiNumber: 0x2f, input: new byte[0x33]).Calls().Arm64Callback().Calls();

        MemoryEvidence evidence = new CallbackFrameFinder(process).Examine(builder.Build());

        CollectionAssert.AreEqual(Told(builder.Frames), Told(evidence.Frames));
        Assert.IsTrue(evidence.Frames.All(frame => frame.Confidence == Confidence.Low));
        Assert.IsFalse(evidence.CanProveAbsence);
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

    private static List<CallbackFrame> Told(IEnumerable<CallbackFrame> frames) =>
        frames.Select(frame => frame with { Confidence = default, ConfidenceReason = "" }).ToList();
}

using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Memory.Search;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Memory;

/// <summary>On ARM64 the routine of a running callback has saved its return into the dispatcher in its own frame.</summary>
[TestClass]
public sealed class Arm64LivenessTests
{
    private const ulong ReturnLabel = WindowsX64.Dispatcher + 0x20;

    [TestMethod]
    [DataRow(ReturnLabel)]
    [DataRow(ReturnLabel | (0x5aul << 56), DisplayName = "signed")]
    [DataRow(ReturnLabel | 0x7f7f_0000_0000_0000, DisplayName = "signed with every bit that can be")]
    public void A_routine_that_saved_its_return_runs(ulong saved)
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().Arm64Callback();
        Save(builder, saved);

        CallbackFrame frame = Finder().Examine(builder.Calls().Build()).Frames.Single();

        Assert.AreEqual(ReturnLabel, frame.ReturnAddress);
        Assert.AreEqual(Confidence.Medium, frame.Confidence);
        Assert.AreEqual(Confidence.Medium, frame.Liveness);
    }

    [TestMethod]
    [DataRow(WindowsX64.Dispatcher, DisplayName = "the dispatcher itself")]
    [DataRow(ReturnLabel + 4, DisplayName = "after the return")]
    [DataRow(WindowsX64.User32 + 0x20)]
    public void A_frame_below_which_nothing_returns_to_the_dispatcher_is_left_over(ulong saved)
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().Arm64Callback();
        Save(builder, saved);
        SyntheticProcess process = Process();
        ThreadStack stack = builder.Calls().Build();

        Assert.IsTrue(new CallbackFrameFinder(process).Examine(stack).Frames.Single().IsDoubted);
        Assert.AreEqual(Verdict.Unknown, new CallbackDetector(process).Judge(stack).Verdict);
    }

    [TestMethod]
    public void The_return_of_a_callback_further_in_does_not_speak_for_the_outer_one()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().Arm64Callback().Calls(0x40).Arm64Callback();
        Save(builder, ReturnLabel);

        CallbackFrame[] frames = [.. Finder().Examine(builder.Build()).Frames];

        Assert.HasCount(2, frames);
        Assert.AreEqual(ReturnLabel, frames[0].ReturnAddress);
        Assert.IsTrue(frames[1].IsDoubted);
    }

    [TestMethod]
    public void Each_of_two_nested_routines_speaks_for_its_own_callback()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().Arm64Callback();
        Save(builder, ReturnLabel);
        builder.Calls(0x40).Arm64Callback(input: new byte[0x28]);
        Save(builder, ReturnLabel);

        ThreadFinding finding = new CallbackDetector(Process()).Judge(builder.Build());

        Assert.AreEqual(2, finding.Depth);
        Assert.AreEqual(Confidence.Medium, finding.Confidence);
    }

    [TestMethod]
    public void A_saved_frame_pointer_that_points_as_far_as_a_callback_frame_hides_nothing()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().Arm64Callback();
        Save(builder, ReturnLabel);
        builder.Calls(0x30);
        builder.Write(builder.StackPointer, builder.StackPointer + 0x30);

        Assert.AreEqual(ReturnLabel, Finder().Examine(builder.Build()).Frames.Single().ReturnAddress);
    }

    [TestMethod]
    public void A_thread_in_the_dispatcher_itself_may_have_its_return_in_the_register()
    {
        CallbackFrame frame = Finder().Examine(new CallbackStackBuilder().Calls().Arm64Callback().Build()).Frames.Single();

        Assert.IsFalse(frame.IsDoubted);
        Assert.AreEqual(Confidence.Low, frame.Confidence);
    }

    private static void Save(CallbackStackBuilder builder, ulong returnAddress)
    {
        builder.Calls(0x60);
        builder.Write(builder.StackPointer, builder.StackPointer + 0x20);
        builder.Write(builder.StackPointer + 8, returnAddress);
    }

    private static CallbackFrameFinder Finder() => new(Process());

    private static SyntheticProcess Process() =>
        new SyntheticProcess { Architecture = Architecture.Arm64, Modules = [.. WindowsX64.Modules] }
            .WithFunction("ntdll!KiUserCallbackDispatcherReturn", ReturnLabel);
}

using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Memory;

/// <summary>Frames of Wine 8.0: in dumps without images, and left over inside the frames of its user32.</summary>
[TestClass]
public sealed class WineLivenessTests
{
    private const int CallWindowProc = 3;
    private const ulong SlotOfCallWindowProc = 0x2c0;
    private const ulong InUser32 = WindowsX64.User32 + 0x5_aafb;

    [TestMethod]
    public void Without_images_the_frames_tell_that_it_is_Wine()
    {
        ThreadFinding finding = new CallbackDetector(WindowsX64.WithoutSymbols()).Judge(Entered(InUser32).Calls().Build());

        Assert.AreEqual(Verdict.InCallback, finding.Verdict);
        Assert.AreEqual(Confidence.Medium, finding.Confidence);
        Assert.AreEqual("user32!User32CallWindowProc", finding.Callbacks.Single().Routine);
    }

    [TestMethod]
    public void Without_images_and_frames_it_is_Windows() =>
        Assert.AreEqual(Verdict.None, new CallbackDetector(WindowsX64.WithoutSymbols()).Judge(new CallbackStackBuilder().Calls().Build()).Verdict);

    [TestMethod]
    [DataRow(WindowsX64.User32 + 0x5_abf3, DisplayName = "after NtCallbackReturn")]
    [DataRow(WindowsX64.App + 0x1234, DisplayName = "not in user32")]
    [DataRow(0UL, DisplayName = "0")]
    public void A_frame_whose_routine_does_not_run_is_left_over(ulong slot)
    {
        ThreadFinding finding = new CallbackDetector(Wine()).Judge(Entered(slot).Calls().Build());

        Assert.AreEqual(0, finding.Depth, finding.Reason);
        Assert.IsTrue(finding.Verdict != Verdict.InCallback, finding.Reason);
    }

    [TestMethod]
    public void A_left_over_frame_inside_a_running_one_is_not_counted()
    {
        CallbackStackBuilder builder = Entered(InUser32).Calls(0x40).WineCallback(CallWindowProc, new byte[0x58]).Calls(0x400);
        builder.Write(builder.Frames[0].Address - SlotOfCallWindowProc, WindowsX64.App + 0x1234);

        ThreadFinding finding = new CallbackDetector(Wine()).Judge(builder.Build());

        Assert.AreEqual(1, finding.Depth, finding.Reason);
        Assert.AreEqual(builder.Frames[1].Address, finding.Callbacks.Single().Address);
    }

    [TestMethod]
    public void A_thread_that_waits_within_the_reach_of_the_routines_frame_is_not_in_it()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().WineCallback(CallWindowProc, new byte[0x58]).Calls(0x80);

        ThreadFinding finding = new CallbackDetector(Wine()).Judge(builder.Build(WindowsX64.Ntdll + 0x9_0014));

        Assert.AreEqual(0, finding.Depth, finding.Reason);
    }

    private static CallbackStackBuilder Entered(ulong slot)
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().WineCallback(CallWindowProc, new byte[0x58]).Calls(0x200);
        return builder.Write(builder.Frames[0].Address - SlotOfCallWindowProc, slot);
    }

    private static SyntheticProcess Wine() => new SyntheticProcess { IsWine = true, Modules = [.. WindowsX64.Modules], HasExportsOnly = true }
        .WithFunction("ntdll!KiUserCallbackDispatcher", WindowsX64.Dispatcher)
        .WithFunction("ntdll!NtCallbackReturn", WindowsX64.CallbackReturn);
}

using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Memory;

/// <summary>Whether x64 callbacks still run, by the caller of their entry and by the call of their routine.</summary>
[TestClass]
public sealed class X64LivenessTests
{
    private const ulong FnDwordRunning = WindowsX64.Routine + 0x33;
    private const ulong FnDwordReturned = WindowsX64.Routine + 0x4b;

    private static readonly SyntheticProcess Process = WindowsX64.WithExports();

    [TestMethod]
    public void A_routine_whose_call_is_in_progress_is_believed()
    {
        ThreadFinding finding = Judge(Live());

        Assert.AreEqual(Verdict.InCallback, finding.Verdict);
        Assert.AreEqual(Confidence.Medium, finding.Confidence);
        StringAssert.Contains(finding.Reason, "its routine still runs");
    }

    [TestMethod]
    [DataRow(0xffff_ffff_ffff_ffffUL, DisplayName = "-1")]
    [DataRow(0UL, DisplayName = "0")]
    [DataRow(0x202UL, DisplayName = "small")]
    [DataRow(0xffff_8000_1234_5678UL, DisplayName = "kernel")]
    public void An_entry_that_returns_to_no_code_is_over(ulong outer)
    {
        CallbackStackBuilder builder = Live();
        builder.Write(builder.Frames[0].OuterStackPointer, outer);

        ThreadFinding finding = Judge(builder);

        Assert.AreEqual(Verdict.None, finding.Verdict);
        StringAssert.Contains(finding.Reason, "no code");
    }

    [TestMethod]
    public void An_entry_that_returns_into_the_stack_is_over()
    {
        CallbackStackBuilder builder = Live();
        builder.Write(builder.Frames[0].OuterStackPointer, builder.Base - 0x10);

        Assert.AreEqual(Verdict.None, Judge(builder).Verdict);
    }

    [TestMethod]
    [DataRow(new byte[] { 0x90, 0xff, 0x15, 1, 2, 3, 4 }, Verdict.InCallback, DisplayName = "call [rip+disp32]")]
    [DataRow(new byte[] { 0x90, 0x90, 0xe8, 1, 2, 3, 4 }, Verdict.InCallback, DisplayName = "call rel32")]
    [DataRow(new byte[] { 0x90, 0x90, 0x90, 0xff, 0x54, 0x24, 0x20 }, Verdict.InCallback, DisplayName = "call [rsp+disp8]")]
    [DataRow(new byte[] { 0xff, 0x94, 0x24, 1, 2, 3, 4 }, Verdict.InCallback, DisplayName = "call [rsp+disp32]")]
    [DataRow(new byte[] { 0x90, 0x90, 0x90, 0x41, 0xff, 0x14, 0xc1 }, Verdict.InCallback, DisplayName = "call [r9+rax*8]")]
    [DataRow(new byte[] { 0x48, 0x8b, 0xc8, 0x48, 0x8b, 0xd3, 0x90 }, Verdict.None, DisplayName = "no call")]
    public void The_code_that_an_entry_returns_to_follows_a_call(byte[] code, Verdict expected)
    {
        const ulong jit = 0x7ffa_3000_0000;
        CallbackStackBuilder builder = Live();
        builder.Write(builder.Frames[0].OuterStackPointer, jit);
        SyntheticProcess process = WindowsX64.WithExports().WithMemory(jit - 7, code);

        Assert.AreEqual(expected, new CallbackDetector(process).Judge(builder.Calls().Build()).Verdict);
    }

    [TestMethod]
    [DataRow(FnDwordReturned)]
    [DataRow(FnDwordReturned + 0x5_0000)]
    public void A_routine_that_has_called_NtCallbackReturn_is_over(ulong address)
    {
        ThreadFinding finding = Judge(Entered().CallsFromX64Routine(address));

        Assert.AreEqual(Verdict.None, finding.Verdict);
        Assert.AreEqual(Confidence.Medium, finding.Confidence);
        StringAssert.Contains(finding.Reason, "has called NtCallbackReturn");
    }

    [TestMethod]
    [DataRow(0UL)]
    [DataRow(WindowsX64.App + 0x1234)]
    [DataRow(WindowsX64.Ntdll + 0x1234)]
    public void Without_a_call_of_its_routine_a_frame_is_left_over_but_not_certainly(ulong slot)
    {
        ThreadFinding finding = Judge(Entered().CallsFromX64Routine(slot));

        Assert.AreEqual(Verdict.None, finding.Verdict);
        Assert.AreEqual(Confidence.Low, finding.Confidence);
        Assert.IsEmpty(finding.Callbacks);
    }

    [TestMethod]
    public void A_walk_that_passes_the_frame_outweighs_the_missing_call()
    {
        CallbackStackBuilder builder = Entered().CallsFromX64Routine(WindowsX64.App + 0x1234).Calls();
        CallbackFrame frame = builder.Frames[0];
        ThreadStack thread = builder.Build() with
        {
            Walk = WalkExtent.Complete,
            Frames =
            [
                new("app", "Work", 0x10, WindowsX64.App + 0x1000, builder.StackPointer),
                new("hook", "MyFnDword", 0x20, WindowsX64.App + 0x1234, frame.Address - 0x60),
                new("ntdll", "KiUserCallbackDispatcherContinue", 0, frame.ReturnAddress, frame.Address),
                new("win32u", "NtUserMessageCall", 0x14, WindowsX64.Entry, frame.OuterStackPointer),
                new("ntdll", "RtlUserThreadStart", 0x21, WindowsX64.Ntdll + 0x5_0000, builder.Base - 0x40),
            ],
        };

        ThreadFinding finding = new CallbackDetector(Process).Judge(thread);

        Assert.AreEqual(Verdict.InCallback, finding.Verdict);
        Assert.AreEqual(Confidence.High, finding.Confidence);
        Assert.AreEqual(EvidenceSource.Both, finding.Callbacks.Single().Evidence);
    }

    [TestMethod]
    public void A_thread_in_the_stub_of_its_return_is_not_over()
    {
        CallbackStackBuilder builder = Entered().CallsFromX64Routine(FnDwordReturned);

        ThreadFinding finding = new CallbackDetector(Process).Judge(builder.Build(WindowsX64.CallbackReturn + 0x14));

        Assert.AreEqual(Verdict.AtReturn, finding.Verdict);
        Assert.AreEqual(Confidence.Medium, finding.Confidence);
    }

    [TestMethod]
    public void A_dispatcher_that_has_called_NtCallbackReturn_is_over()
    {
        CallbackStackBuilder builder = new CallbackStackBuilder().Calls().X64Callback(returnAddress: WindowsX64.ReturnFromCallbackReturn).Calls();

        Assert.AreEqual(Verdict.None, Judge(builder).Verdict);
    }

    [TestMethod]
    public void The_code_before_the_return_address_tells_where_digits_do_not()
    {
        const ulong import = WindowsX64.User32 + 0x10_0000;
        SyntheticProcess With(ulong target) => new SyntheticProcess { Modules = [.. WindowsX64.Modules], WindowsBuild = 7601, HasExportsOnly = true }
            .WithFunction("ntdll!KiUserCallbackDispatcher", WindowsX64.Dispatcher)
            .WithFunction("ntdll!NtCallbackReturn", WindowsX64.CallbackReturn)
            .WithMemory(WindowsX64.Entry - 2, 0x0F, 0x05, 0xC3)
            .WithMemory(FnDwordRunning - 6, [0xff, 0x15, .. BitConverter.GetBytes((int)(import - FnDwordRunning))])
            .WithMemory(import, BitConverter.GetBytes(target));

        ThreadStack thread = Live().Calls().Build();

        Assert.AreEqual(Verdict.None, new CallbackDetector(With(WindowsX64.CallbackReturn)).Judge(thread).Verdict);
        Assert.AreEqual(Confidence.Medium, new CallbackDetector(With(WindowsX64.App + 0x1000)).Judge(thread).Confidence);
    }

    [TestMethod]
    [DataRow(7601)]
    [DataRow(9600)]
    [DataRow(30000)]
    [DataRow(null)]
    public void On_a_build_whose_routines_do_not_tell_the_frame_alone_is_not_believed(int? build)
    {
        var process = new SyntheticProcess { Modules = [.. WindowsX64.Modules], WindowsBuild = build, HasExportsOnly = true };

        ThreadFinding finding = new CallbackDetector(process).Judge(Live().Calls().Build());

        Assert.AreEqual(Verdict.InCallback, finding.Verdict);
        Assert.AreEqual(Confidence.Low, finding.Confidence);
        StringAssert.Contains(finding.Reason, "nothing shows");
    }

    private static CallbackStackBuilder Entered() => new CallbackStackBuilder().Calls().X64Callback();

    private static CallbackStackBuilder Live() => Entered().CallsFromX64Routine(FnDwordRunning);

    private static ThreadFinding Judge(CallbackStackBuilder builder) => new CallbackDetector(Process).Judge(builder.Calls().Build());
}

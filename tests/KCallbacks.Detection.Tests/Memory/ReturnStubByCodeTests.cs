using KCallbacks.Detection.Memory.Search;
using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Memory;

/// <summary>Threads at the callback's return in processes without a name for ntdll's functions, told by the code at the instruction pointer.</summary>
[TestClass]
public sealed class ReturnStubByCodeTests
{
    private const ulong X64 = WindowsX64.Ntdll + 0x9_9000;
    private const uint X86 = WindowsX86.Ntdll + 0x7_1000;
    private const ulong Arm64 = WindowsX64.Ntdll + 0x4_0000;

    [TestMethod]
    [DataRow(3790, 2)]
    [DataRow(6002, 2)]
    [DataRow(7601, 2)]
    [DataRow(9200, 3)]
    [DataRow(9600, 4)]
    [DataRow(10240, 5)]
    public void Behind_the_short_x64_stub_a_thread_is_at_the_return(int build, int number) =>
        AssertAtReturn(Confidence.Medium, Judge(build, ShortStub(number)));

    [TestMethod]
    [DataRow(10586)]
    [DataRow(19041)]
    [DataRow(26100)]
    public void Behind_the_x64_stub_of_Windows_10_a_thread_is_at_the_return(int build)
    {
        AssertAtReturn(Confidence.Medium, Judge(build, LongStub(5)));
        AssertAtReturn(Confidence.Medium, Judge(build, [.. LongStub(5), 0xc3, 0xcd, 0x2e]));
    }

    [TestMethod]
    public void The_finding_is_as_sure_as_its_callback_and_its_code()
    {
        ThreadStack thread = new CallbackStackBuilder().Calls().X64Callback().Calls().Build(X64);
        Confidence Of(int? build) => new CallbackDetector(WithDispatcher(build).WithMemory(X64 - 0x18, Padded(LongStub(5)))).Judge(Walked(thread)).Confidence;

        Assert.AreEqual(Confidence.High, Of(19041));
        Assert.AreEqual(Confidence.Medium, Of(null));
    }

    [TestMethod]
    public void On_a_build_not_known_only_the_stub_that_came_with_Windows_10_is_unmistakable()
    {
        AssertAtReturn(Confidence.Medium, Judge(null, LongStub(5)));
        for (int number = 0; number < 0x10; number++)
            AssertInCallback(Judge(null, ShortStub(number)));
    }

    [TestMethod]
    [DataRow(7601, 2)]
    [DataRow(9200, 3)]
    [DataRow(9600, 4)]
    [DataRow(19041, 5)]
    public void Every_other_system_service_is_none_of_the_return(int build, int number)
    {
        foreach (int other in Enumerable.Range(0, 0x100).Where(other => other != number))
        {
            AssertInCallback(Judge(build, ShortStub(other)));
            AssertInCallback(Judge(build, LongStub(other)));
        }

        AssertInCallback(Judge(build, [.. ShortStub(number)[..5], 0x10, 0, 0, 0x0f, 0x05]));
    }

    [TestMethod]
    [DataRow(-0x14)]
    [DataRow(-2)]
    [DataRow(-1)]
    [DataRow(1)]
    [DataRow(2)]
    public void A_thread_elsewhere_in_the_stub_is_not_told_by_its_code(int distance)
    {
        SyntheticProcess process = WithoutNames(19041).WithMemory(X64 - 0x60, [.. Enumerable.Repeat((byte)0xcc, 0x4c), .. LongStub(5), 0xc3, .. Enumerable.Repeat((byte)0xcc, 0x20)]);

        AssertInCallback(new CallbackDetector(process).Judge(InCallback(X64 + (ulong)distance)));
    }

    [TestMethod]
    public void A_name_wins_over_code()
    {
        SyntheticProcess named = WithoutNames(19041).WithMemory(X64 - 0x18, Padded(LongStub(5))).WithSymbol("ntdll!NtReadFile", X64 - 0x14);
        SyntheticProcess farExport = WithoutNames(19041).WithMemory(X64 - 0x18, Padded(LongStub(5))).WithSymbol("ntdll!NtReadFile", X64 - 0x21);

        AssertInCallback(new CallbackDetector(named).Judge(InCallback(X64)));
        AssertAtReturn(Confidence.Medium, new CallbackDetector(farExport).Judge(InCallback(X64)));
    }

    [TestMethod]
    public void Wine_numbers_its_services_otherwise()
    {
        var process = new SyntheticProcess { IsWine = true, Modules = [.. WindowsX64.Modules] };

        AssertInCallback(new CallbackDetector(process.WithMemory(X64 - 0x18, Padded(LongStub(5)))).Judge(InCallback(X64)));
    }

    [TestMethod]
    public void Code_alone_proves_no_callback_but_the_thread_is_not_cleared_either()
    {
        SyntheticProcess process = WithoutNames(19041).WithMemory(X64 - 0x18, Padded(LongStub(5)));
        ThreadStack thread = new CallbackStackBuilder().Calls().Build(X64);
        var detector = new CallbackDetector(process);

        foreach (ThreadStack stack in new[] { thread, thread with { Memory = null } })
        {
            ThreadFinding finding = detector.Judge(stack);

            Assert.AreEqual(Verdict.Unknown, finding.Verdict);
            Assert.AreEqual("the code at its instruction pointer is NtCallbackReturn, but nothing shows its callback", finding.Reason);
            Assert.IsNull(detector.TryProveNoCallback(stack));
        }
    }

    [TestMethod]
    [DataRow(2600, new byte[] { 0x8b, 0x44, 0x24, 0x04, 0xcd, 0x2b }, DisplayName = "XyCallbackReturn")]
    [DataRow(null, new byte[] { 0x8b, 0x44, 0x24, 0x04, 0xcd, 0x2b }, DisplayName = "XyCallbackReturn, build not known")]
    [DataRow(7601, new byte[] { 0xb8, 2, 0, 0, 0, 0x33, 0xc9, 0x8d, 0x54, 0x24, 4, 0x64, 0xff, 0x15, 0xc0, 0, 0, 0 }, DisplayName = "WoW64 of 7")]
    [DataRow(7601, new byte[] { 0xb8, 2, 0, 0, 0, 0x33, 0xc9, 0x8d, 0x54, 0x24, 4, 0x64, 0xff, 0x15, 0xc0, 0, 0, 0, 0x83, 0xc4, 4 }, DisplayName = "WoW64 of 7, behind its stack correction")]
    [DataRow(9600, new byte[] { 0xb8, 4, 0, 0, 0, 0x64, 0xff, 0x15, 0xc0, 0, 0, 0 }, DisplayName = "WoW64 of 8.1")]
    [DataRow(19041, new byte[] { 0xb8, 5, 0, 0, 0, 0xba, 0x10, 0x20, 0x30, 0x77, 0xff, 0xd2 }, DisplayName = "WoW64 of 10")]
    [DataRow(null, new byte[] { 0xb8, 5, 0, 0, 0, 0xba, 0x10, 0x20, 0x30, 0x77, 0xff, 0xd2 }, DisplayName = "WoW64 of 10, build not known")]
    public void Behind_the_x86_stubs_a_thread_is_at_the_return(int? build, byte[] stub) =>
        Assert.AreEqual(Verdict.AtReturn, JudgeX86(build, X86, process => process.WithMemory(X86 - 0x18, Padded(stub))).Verdict);

    [TestMethod]
    [DataRow(2600, new byte[] { 0x00, 0x00, 0x00, 0x00, 0xcd, 0x2b }, DisplayName = "int 2Bh without its stub")]
    [DataRow(2600, new byte[] { 0x8b, 0x44, 0x24, 0x04, 0xcd, 0x2e }, DisplayName = "another interrupt")]
    [DataRow(7601, new byte[] { 0xb8, 3, 0, 0, 0, 0x33, 0xc9, 0x8d, 0x54, 0x24, 4, 0x64, 0xff, 0x15, 0xc0, 0, 0, 0 }, DisplayName = "another service")]
    [DataRow(19041, new byte[] { 0xb8, 4, 0, 0, 0, 0xba, 0x10, 0x20, 0x30, 0x77, 0xff, 0xd2 }, DisplayName = "NtWaitForSingleObject")]
    [DataRow(null, new byte[] { 0xb8, 2, 0, 0, 0, 0x33, 0xc9, 0x8d, 0x54, 0x24, 4, 0x64, 0xff, 0x15, 0xc0, 0, 0, 0 }, DisplayName = "build not known")]
    public void Behind_other_x86_code_it_is_not(int? build, byte[] code) =>
        Assert.AreNotEqual(Verdict.AtReturn, JudgeX86(build, X86, process => process.WithMemory(X86 - 0x18, Padded(code))).Verdict);

    [TestMethod]
    [DataRow(2600, 0x14, true)]
    [DataRow(3790, 0x16, true)]
    [DataRow(6002, 0x2b, true)]
    [DataRow(7601, 0x2c, true)]
    [DataRow(7601, 0x2d, false)]
    [DataRow(7601, 0x2b, false)]
    [DataRow(9600, 0x2c, false)]
    [DataRow(null, 0x2c, false)]
    public void On_32_bit_Windows_the_fast_system_call_is_followed_to_its_stub(int? build, int number, bool isAtReturn)
    {
        byte[] stub = [0xb8, (byte)number, 0, 0, 0, 0xba, 0x00, 0x03, 0xfe, 0x7f, 0xff, 0x12];

        ThreadFinding finding = JudgeX86(build, WindowsX86.FastCallReturn, process => process
            .WithMemory(WindowsX86.FastCallReturn - 0x18, Padded([0x8b, 0xd4, 0x0f, 0x34]))
            .WithMemory(X86 - 0x18, Padded(stub)));

        Assert.AreEqual(isAtReturn, finding.Verdict == Verdict.AtReturn, finding.Reason);
    }

    [TestMethod]
    [DataRow(5u, true)]
    [DataRow(4u, false)]
    public void On_ARM64_the_number_is_in_the_instruction(uint number, bool isAtReturn)
    {
        SyntheticProcess process = new SyntheticProcess { Architecture = Architecture.Arm64, Modules = [.. WindowsX64.Modules] }
            .WithMemory(Arm64 - 4, [.. BitConverter.GetBytes(0xd400_0001u | (number << 5)), 0xc0, 0x03, 0x5f, 0xd6]);

        ThreadFinding finding = new CallbackDetector(process).Judge(new CallbackStackBuilder().Calls().Arm64Callback().Calls().Build(Arm64));

        Assert.AreEqual(isAtReturn ? Verdict.AtReturn : Verdict.InCallback, finding.Verdict);
    }

    private static byte[] ShortStub(int number) => [0x4c, 0x8b, 0xd1, 0xb8, (byte)number, 0, 0, 0, 0x0f, 0x05];

    private static byte[] LongStub(int number) => [.. ShortStub(number)[..8], 0xf6, 0x04, 0x25, 0x08, 0x03, 0xfe, 0x7f, 0x01, 0x75, 0x03, 0x0f, 0x05];

    /// <summary>The end of another function, then the stub: as many bytes as are looked at.</summary>
    private static byte[] Padded(byte[] code) => [.. Enumerable.Repeat((byte)0xcc, 0x18 - code.Length), .. code];

    private static SyntheticProcess WithoutNames(int? build) => new() { WindowsBuild = build, Modules = [.. WindowsX64.Modules], HasExportsOnly = true };

    private static SyntheticProcess WithDispatcher(int? build) => WithoutNames(build).WithFunction("ntdll!KiUserCallbackDispatcher", WindowsX64.Dispatcher);

    private static ThreadStack InCallback(ulong instructionPointer) => new CallbackStackBuilder().Calls().X64Callback().Calls().Build(instructionPointer);

    /// <summary>A walk that passes the callback frame, without which it may be left over.</summary>
    private static ThreadStack Walked(ThreadStack thread)
    {
        CallbackFrame frame = new CallbackFrameFinder(WithDispatcher(19041)).Examine(thread).Frames.Single();
        return thread with
        {
            Walk = WalkExtent.Complete,
            Frames = [new("ntdll", null, 0x9_9000, thread.InstructionPointer, thread.StackPointer), new("ntdll", "KiUserCallbackDispatcher", 0x24, frame.ReturnAddress, frame.Address)],
        };
    }

    private static ThreadFinding Judge(int? build, byte[] stub) =>
        new CallbackDetector(WithoutNames(build).WithMemory(X64 - 0x18, Padded(stub))).Judge(InCallback(X64));

    private static ThreadFinding JudgeX86(int? build, uint instructionPointer, Func<SyntheticProcess, SyntheticProcess> withCode)
    {
        CallbackLayout layout = build switch { null or > 10240 => CallbackLayout.X86Windows10, >= 6000 => CallbackLayout.X86Vista, _ => CallbackLayout.X86Xp };
        CallbackStackBuilder builder = new CallbackStackBuilder(is32Bit: true).Calls().X86Callback(layout).Calls(0x20);
        // Where a fast system call returns to.
        builder.Write(builder.StackPointer, X86);
        return new CallbackDetector(withCode(WindowsX86.WithoutSymbols(build))).Judge(builder.Build(instructionPointer));
    }

    private static void AssertAtReturn(Confidence confidence, ThreadFinding finding)
    {
        Assert.AreEqual(Verdict.AtReturn, finding.Verdict, finding.Reason);
        Assert.AreEqual(confidence, finding.Confidence);
        Assert.EndsWith("; the code at its instruction pointer is NtCallbackReturn", finding.Reason);
    }

    private static void AssertInCallback(ThreadFinding finding)
    {
        Assert.AreEqual(Verdict.InCallback, finding.Verdict);
        Assert.DoesNotContain("instruction pointer", finding.Reason);
    }
}

using KCallbacks.Detection.Model;
using KCallbacks.Detection.SystemCalls;
using KCallbacks.Detection.Tests.Memory;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Tests.SystemCalls;

/// <summary>In which system call a thread stands, by the stub's name or its code.</summary>
[TestClass]
public sealed class SystemCallReaderTests
{
    private const ulong Stub = WindowsX64.Ntdll + 0x9000;
    private const ulong UserStub = WindowsX64.User32 + 0x9000;

    [TestMethod]
    [DataRow(0x4u, 19041, "ntdll!NtWaitForSingleObject")]
    [DataRow(0x5bu, 26100, "ntdll!NtWaitForMultipleObjects")]
    [DataRow(0x34u, 10586, "ntdll!NtDelayExecution")]
    [DataRow(0x9u, null, "ntdll!NtRemoveIoCompletion", DisplayName = "the stub's form tells Windows 10")]
    [DataRow(0x1dbu, 22000, "service 0x1db", DisplayName = "a number that updates change")]
    [DataRow(0x1d0u, 19041, "service 0x1d0", DisplayName = "a number that updates change, on a build whose first number it was")]
    [DataRow(0x1007u, 19041, "win32u!NtUserMessageCall")]
    [DataRow(0x1007u, 18363, "service 0x1007", DisplayName = "a build on which sources differ")]
    [DataRow(0x1007u, null, "service 0x1007", DisplayName = "the window manager's numbers differ by build")]
    [DataRow(0x1234u, 19041, "service 0x1234")]
    public void A_stub_without_a_name_is_named_by_a_number_that_is_the_same_everywhere(uint number, int? build, string shown)
    {
        ulong stub = number < 0x1000 ? Stub : WindowsX64.Win32u + 0x9000;
        SyntheticProcess process = Process(build).WithMemory(stub - 8, [.. new byte[8], .. LongStub(number)]);

        Assert.AreEqual(shown, new SystemCallReader(process).At(stub + 0x14, Architecture.X64)?.Shown);
    }

    [TestMethod]
    public void Numbers_of_Wine_name_no_service_of_Windows()
    {
        byte[] wine = [0xc3, 0xeb, 0x01, 0xc3, 0xff, 0x14, 0x25, 0x00, 0x10, 0xfe, 0x7f, 0xc3];
        byte[] windows = [0xc3, 0xcd, 0x2e, 0xc3, 0x0f, 0x1f, 0x84, 0, 0, 0, 0, 0];

        Assert.AreEqual("service 0x34", Call(wine));
        Assert.AreEqual("ntdll!NtDelayExecution", Call(windows));

        static string? Call(byte[] afterCall) => new SystemCallReader(Process(19041).WithMemory(Stub - 8, [.. new byte[8], .. LongStub(0x34)[..0x14], .. afterCall]))
            .At(Stub + 0x14, Architecture.X64)?.Shown;
    }

    [TestMethod]
    [DataRow(0x1007u, 7601, "user32!NtUserMessageCall")]
    [DataRow(0x1006u, 7601, "user32!NtUserGetMessage")]
    [DataRow(0x1008u, 9200, "user32!NtUserMessageCall")]
    [DataRow(0x1009u, 9600, "user32!NtUserMessageCall")]
    [DataRow(0x1007u, null, "service 0x1007")]
    [DataRow(0x58u, 7601, "user32!NtWaitForMultipleObjects")]
    [DataRow(0x58u, null, "service 0x58")]
    public void So_is_one_behind_a_far_export(uint number, int? build, string shown)
    {
        SyntheticProcess process = Process(build).WithFunction("user32!EnumDisplayMonitors", UserStub - 0x660)
            .WithMemory(UserStub - 0x10, [.. new byte[0x10], .. ShortStub(number)]);

        Assert.AreEqual(shown, new SystemCallReader(process).At(UserStub + 0xa, Architecture.X64)?.Shown);
    }

    [TestMethod]
    public void A_name_at_the_stub_itself_counts_more_than_its_number()
    {
        SyntheticProcess process = Process(22000).WithFunction("ntdll!ZwWaitForAlertByThreadId", Stub)
            .WithMemory(Stub - 8, [.. new byte[8], .. LongStub(0x1db)]);

        SystemCall? call = new SystemCallReader(process).At(Stub + 0x14, Architecture.X64);

        Assert.AreEqual("ntdll!NtWaitForAlertByThreadId", call?.Name);
        Assert.AreEqual(0x1dbu, call?.Code?.Number);
    }

    [TestMethod]
    public void The_name_of_the_stub_before_it_is_not_taken()
    {
        SyntheticProcess process = Process(7601).WithFunction("ntdll!NtReadFile", Stub - 0x10)
            .WithMemory(Stub - 0x10, [.. ShortStub(3), .. new byte[5], .. ShortStub(0x190)]);

        Assert.AreEqual("service 0x190", new SystemCallReader(process).At(Stub + 0xa, Architecture.X64)?.Shown);
    }

    [TestMethod]
    [DataRow(new byte[] { 0xb8, 0x07, 0x10, 0x00, 0x00, 0xba, 0, 0, 0x1d, 0x77, 0xff, 0xd2 }, 19041, "win32u!NtUserMessageCall", DisplayName = "Windows 10")]
    [DataRow(new byte[] { 0xb8, 0x04, 0x00, 0x0d, 0x00, 0xba, 0, 0, 0x1d, 0x77, 0xff, 0xd2 }, 19041, "win32u!NtWaitForSingleObject", DisplayName = "WoW64's own upper half is cut off")]
    [DataRow(new byte[] { 0xb8, 0x03, 0x00, 0x0d, 0x00, 0x64, 0xff, 0x15, 0xc0, 0, 0, 0 }, 9600, "win32u!NtWaitForSingleObject", DisplayName = "8.1")]
    public void WoW64_uses_the_same_numbers(byte[] stub, int build, string name)
    {
        const uint address = WindowsX86.Win32u + 0x2000;
        SyntheticProcess process = WindowsX86.WithoutSymbols(build).WithMemory(address - 0x10, [.. new byte[0x10], .. stub]);

        Assert.AreEqual(name, new SystemCallReader(process).At(address + (uint)stub.Length, Architecture.X86)?.Shown);
    }

    [TestMethod]
    [DataRow(new byte[] { 0xb8, 0x87, 0x01, 0, 0, 0xba, 0x00, 0x03, 0xfe, 0x7f, 0xff, 0x12 }, DisplayName = "XP to 7")]
    [DataRow(new byte[] { 0xb8, 0x87, 0x01, 0, 0, 0xe8, 0x03, 0, 0, 0 }, DisplayName = "8 and later")]
    public void On_32_bit_Windows_the_stub_is_the_caller_of_the_code_that_all_share(byte[] stub)
    {
        const uint address = WindowsX86.Ntdll + 0x2000;
        SyntheticProcess process = WindowsX86.WithoutSymbols(7601)
            .WithFunction("ntdll_771d0000!NtWaitForSingleObject", address)
            .WithMemory(WindowsX86.FastCallReturn - 0x18, [.. new byte[0x14], 0x8b, 0xd4, 0x0f, 0x34])
            .WithMemory(address - 0x10, [.. new byte[0x10], .. stub]);
        byte[] memory = new byte[0x40];
        BitConverter.TryWriteBytes(memory, address + (uint)stub.Length);
        var stack = new ThreadStack
        {
            Thread = new ThreadIdentity(0),
            InstructionPointer = WindowsX86.FastCallReturn,
            StackPointer = 0x80000,
            Memory = new StackMemory(0x80000, memory, IsComplete: true),
        };

        Assert.AreEqual("ntdll!NtWaitForSingleObject", new SystemCallReader(process).In(stack, Architecture.X86)?.Name);
    }

    [TestMethod]
    public void Under_Wine_numbers_are_its_own()
    {
        var process = new SyntheticProcess { Modules = [.. WindowsX64.Modules], HasExportsOnly = true, IsWine = true };
        process.WithMemory(Stub - 8, [.. new byte[8], .. LongStub(4)]);

        Assert.IsNull(new SystemCallReader(process).At(Stub + 0x14, Architecture.X64)?.Name);
    }

    [TestMethod]
    public void Code_that_is_no_stub_is_no_call()
    {
        SyntheticProcess process = Process(19041).WithMemory(Stub, [.. Enumerable.Repeat((byte)0x90, 0x40)]);

        Assert.IsNull(new SystemCallReader(process).At(Stub + 0x20, Architecture.X64));
        Assert.IsNull(new SystemCallReader(process).At(4, Architecture.X64));
    }

    [TestMethod]
    public void The_kernels_and_the_window_managers_numbers_of_every_build_are_told_apart()
    {
        foreach (int build in (int[])[7601, 9200, 9600, 10240, 14393, 15063, 19041, 22000, 26100])
        {
            string[] names = [.. Enumerable.Range(0, 0x2000).Select(number => SystemServices.NameOf((uint)number, build, isWindows10: false)).OfType<string>()];
            Assert.HasCount(names.Length, names.Distinct().ToArray());
            Assert.IsGreaterThan(80, names.Length);
            CollectionAssert.Contains(names, "UserMessageCall");
            CollectionAssert.Contains(names, "WaitForSingleObject");
        }
    }

    private static SyntheticProcess Process(int? build) => new() { Modules = [.. WindowsX64.Modules], HasExportsOnly = true, WindowsBuild = build };

    private static byte[] ShortStub(uint number) => [0x4c, 0x8b, 0xd1, 0xb8, .. BitConverter.GetBytes(number), 0x0f, 0x05, 0xc3];

    private static byte[] LongStub(uint number) =>
        [0x4c, 0x8b, 0xd1, 0xb8, .. BitConverter.GetBytes(number), 0xf6, 0x04, 0x25, 0x08, 0x03, 0xfe, 0x7f, 0x01, 0x75, 0x03, 0x0f, 0x05, 0xc3, 0xcd, 0x2e, 0xc3];
}

using KCallbacks.Detection.Model;
using KCallbacks.Detection.Tests.Memory;

namespace KCallbacks.Detection.Tests.Judging;

/// <summary>Where a thread stands, when its frames have no name or the name of another function.</summary>
[TestClass]
public sealed class WaitingPlaceTests
{
    private const ulong Stub = WindowsX64.User32 + 0x9000;
    private const ulong StackPointer = 0x10_0000;

    /// <summary>Windows 7's user32 exports none of its stubs: EnumDisplayMonitors is the export before them.</summary>
    [TestMethod]
    public void A_sender_on_Windows_7_is_found_by_the_stubs_number()
    {
        SyntheticProcess process = Windows7(number: 0x1007).WithFunction("user32!SendMessageW", WindowsX64.User32 + 0x5000).WithFunctionStart(WindowsX64.User32 + 0x5000, 0x200);

        ThreadFinding finding = new CallbackDetector(process).Judge(Standing(
            process, Stub + 0xa, WindowsX64.User32 + 0x7000, WindowsX64.User32 + 0x5100, WindowsX64.App + 0x1000));

        Assert.AreEqual("user32!NtUserMessageCall", finding.BlockedIn);
        Assert.AreEqual("waiting for another thread's window", finding.Shapes.Single().Name);
        CollectionAssert.AreEqual((int[])[0], finding.Shapes.Single().Frames.ToArray());
    }

    [TestMethod]
    [DataRow(0x1006u, "user32!NtUserGetMessage")]
    [DataRow(0x1335u, "service 0x1335")]
    public void The_export_before_a_stub_is_not_its_name(uint number, string place)
    {
        SyntheticProcess process = Windows7(number);

        Assert.AreEqual(place, new CallbackDetector(process).Judge(Standing(process, Stub + 0xa, WindowsX64.App + 0x1000)).BlockedIn);
        Assert.AreEqual(place, new CallbackDetector(process).TryProveNoCallback(Whole(Stub + 0xa))?.BlockedIn, "a thread that was not walked");
    }

    [TestMethod]
    public void Such_a_thread_is_looked_at_again_because_it_may_send() =>
        Assert.IsNull(new CallbackDetector(Windows7(0x1007)).TryProveNoCallback(Whole(Stub + 0xa)));

    [TestMethod]
    public void Code_of_the_program_without_a_name_is_named_by_its_place()
    {
        SyntheticProcess process = Windows7(0x1006);

        Assert.AreEqual("app+0x1234", new CallbackDetector(process).Judge(Standing(process, WindowsX64.App + 0x1234, WindowsX64.App + 0x1000)).BlockedIn);
    }

    [TestMethod]
    public void On_32_bit_Windows_a_walk_that_lost_the_stub_does_not_name_its_caller()
    {
        const uint stub = WindowsX86.Ntdll + 0x2000;
        SyntheticProcess process = WindowsX86.WithoutSymbols(7601)
            .WithFunction("ntdll_771d0000!KiFastSystemCallRet", WindowsX86.FastCallReturn)
            .WithFunction("ntdll_771d0000!NtWaitForSingleObject", stub)
            .WithMemory(WindowsX86.FastCallReturn - 0x18, [.. new byte[0x14], 0x8b, 0xd4, 0x0f, 0x34])
            .WithMemory(stub - 0xc, [.. new byte[0xc], 0xb8, 0x87, 1, 0, 0, 0xba, 0x00, 0x03, 0xfe, 0x7f, 0xff, 0x12]);
        ThreadStack thread = Whole(WindowsX86.FastCallReturn) with
        {
            Frames =
            [
                new StackFrame("ntdll_771d0000", "KiFastSystemCallRet", 0, WindowsX86.FastCallReturn, StackPointer),
                new StackFrame("user32", "CreateWindowExW", 0x33, WindowsX86.User32 + 0x1033, StackPointer + 0x40),
            ],
        };
        BitConverter.TryWriteBytes(System.Runtime.InteropServices.MemoryMarshal.AsMemory(thread.Memory!.Bytes).Span, stub + 0xc);

        Assert.AreEqual("ntdll!NtWaitForSingleObject", new CallbackDetector(process).Judge(thread).BlockedIn);
    }

    private static SyntheticProcess Windows7(uint number) => new SyntheticProcess { Modules = [.. WindowsX64.Modules], HasExportsOnly = true, WindowsBuild = 7601 }
        .WithFunction("user32!EnumDisplayMonitors", Stub - 0x660)
        .WithMemory(Stub - 0x10, [.. new byte[0x10], 0x4c, 0x8b, 0xd1, 0xb8, .. BitConverter.GetBytes(number), 0x0f, 0x05, 0xc3]);

    private static ThreadStack Whole(ulong instructionPointer) => new()
    {
        Thread = new ThreadIdentity(0),
        InstructionPointer = instructionPointer,
        StackPointer = StackPointer,
        Memory = new StackMemory(StackPointer, new byte[0x1000], IsComplete: true),
    };

    private static ThreadStack Standing(SyntheticProcess process, params ulong[] places) => Whole(places[0]) with
    {
        Frames = [.. places.Select((place, i) => new StackFrame(null, null, null, place, StackPointer + ((ulong)i * 0x40)).NamedBy(process))],
        Walk = WalkExtent.Truncated,
    };
}

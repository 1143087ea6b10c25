using KCallbacks.Detection.Memory;
using KCallbacks.Detection.Memory.Search;

namespace KCallbacks.Detection.Tests.Memory;

/// <summary>The system call that an x86 callback interrupted, by the return address that its stub's own call left next to the kernel's data.</summary>
[TestClass]
public sealed class X86EntryTests
{
    private static readonly byte[] FastCall = [0xb8, 0x36, 0x11, 0, 0, 0xba, 0x00, 0x03, 0xfe, 0x7f, 0xff, 0x12];
    private static readonly byte[] OwnSysenter = [0xb8, 0x36, 0x11, 0, 0, 0xe8, 3, 0, 0, 0];
    private static readonly byte[] Wow64 = [0xb8, 0x36, 0x10, 0, 0, 0xba, 0x20, 0x10, 0x1d, 0x77, 0xff, 0xd2];

    public static IEnumerable<object[]> Stubs =>
    [
        [CallbackLayout.X86Xp, FastCall],
        [CallbackLayout.X86Vista, FastCall],
        [CallbackLayout.X86Windows10, OwnSysenter],
        [CallbackLayout.X86Windows10, Wow64],
    ];

    [TestMethod]
    [DynamicData(nameof(Stubs))]
    public void The_stub_is_found_above_the_data(CallbackLayout layout, byte[] stub)
    {
        foreach (int length in (int[])[0, 0x18, 0x1e, 0x24])
        {
            CallbackStackBuilder builder = new CallbackStackBuilder(is32Bit: true).Calls().X86Callback(layout, new byte[length]);
            (ulong slot, ulong pointer) = Leave(builder, layout, stub == Wow64);

            CallbackFrame frame = Examine(builder, layout, stub);

            Assert.AreEqual(WindowsX86.Entry, frame.EntryInstructionPointer, $"{length:x}, at {slot:x}");
            Assert.AreEqual(pointer, frame.OuterStackPointer);
        }
    }

    [TestMethod]
    [DataRow(CallbackLayout.X86Xp)]
    [DataRow(CallbackLayout.X86Vista)]
    public void Without_its_code_no_address_next_to_the_data_is_taken_for_a_stub(CallbackLayout layout)
    {
        CallbackStackBuilder builder = new CallbackStackBuilder(is32Bit: true).Calls().X86Callback(layout, new byte[0x18]);
        Leave(builder, layout, isWow64: false);

        Assert.AreEqual(0ul, Examine(builder, layout, [0x90, 0x90]).EntryInstructionPointer);
    }

    /// <summary>The kernel keeps the outer stack pointer on a multiple of 4; Windows 10's frame says it.</summary>
    private static (ulong Slot, ulong Pointer) Leave(CallbackStackBuilder builder, CallbackLayout layout, bool isWow64)
    {
        CallbackFrame frame = builder.Frames[0];
        ulong slot = layout != CallbackLayout.X86Windows10 ? (frame.InputBuffer + frame.InputLength + 3) & ~3ul
            : isWow64 ? frame.OuterStackPointer - 4
            : frame.OuterStackPointer;
        builder.Write(frame.InputBuffer + frame.InputLength, new byte[(int)(slot - frame.InputBuffer - frame.InputLength)]);
        builder.Write(slot, WindowsX86.Entry);
        return (slot, slot + 4);
    }

    private static CallbackFrame Examine(CallbackStackBuilder builder, CallbackLayout layout, byte[] stub)
    {
        byte[] code = new byte[0x40];
        stub.CopyTo(code, 0x20 - stub.Length);
        SyntheticProcess process = WindowsX86.WithExports(layout).WithMemory(WindowsX86.Entry - 0x20, code);
        return new CallbackFrameFinder(process).Examine(builder.Build(WindowsX86.App)).Frames.Single();
    }
}

using KCallbacks.Detection.Model;
using KCallbacks.Detection.Tests.Memory;
using KCallbacks.Detection.Windows;
using KCallbacks.Scanning.Unwinding;

namespace KCallbacks.Scanning.Tests.Unwinding;

/// <summary>Each kind of unwind data, written by hand after Microsoft's "x64 exception handling".</summary>
[TestClass]
public sealed class X64StackWalkerTests
{
    private const ulong Stack = 0x10_0000;
    private const int Inner = 0x2000;
    private const int Outer = 0x2100;
    private const int InnerInfo = 0x3000;
    private const int OuterInfo = 0x3100;

    /// <summary>Where the outer function was left by its call.</summary>
    private const ulong ReturnAddress = ImageWithUnwindData.Base + Outer + 0x10;

    /// <summary>Header and codes of the inner function, the position of its instruction pointer, and the words between stack pointer and return address.</summary>
    public static IEnumerable<object[]> Prologues =>
    [
        ["no codes", Bytes(1, 0, 0, 0), 0x50, 0],
        ["ALLOC_SMALL 0x28", Bytes(1, 4, 1, 0, 4, 0x42), 0x50, 5],
        ["ALLOC_SMALL 0x80", Bytes(1, 4, 1, 0, 4, 0xf2), 0x50, 16],
        ["ALLOC_LARGE 16 bits", Bytes(1, 7, 2, 0, 7, 0x01, 0x20, 0), 0x50, 0x20],
        ["ALLOC_LARGE 32 bits", Bytes(1, 7, 3, 0, 7, 0x11, 0x00, 0x01, 0, 0), 0x50, 0x20],
        ["PUSH_NONVOL", Bytes(1, 6, 3, 0, 6, 0x32, 2, 0x30, 1, 0x60), 0x50, 6],
        ["prologue, before the first push", Bytes(1, 6, 3, 0, 6, 0x32, 2, 0x30, 1, 0x60), 0, 0],
        ["prologue, after the first push", Bytes(1, 6, 3, 0, 6, 0x32, 2, 0x30, 1, 0x60), 1, 1],
        ["prologue, after both pushes", Bytes(1, 6, 3, 0, 6, 0x32, 2, 0x30, 1, 0x60), 2, 2],
        ["SAVE_NONVOL and SAVE_NONVOL_FAR", Bytes(1, 9, 6, 0, 9, 0x65, 0x18, 0, 0, 0, 6, 0x34, 1, 0, 4, 0x42), 0x50, 5],
        ["SAVE_XMM128 and SAVE_XMM128_FAR", Bytes(1, 9, 6, 0, 9, 0x68, 1, 0, 6, 0x79, 0x20, 0, 0, 0, 4, 0x42), 0x50, 5],
        ["version 2 with EPILOG", Bytes(2, 4, 3, 0, 6, 0x16, 0x20, 0x06, 4, 0x42), 0x50, 5],
        ["handler after the codes", Bytes(0x19, 4, 1, 0, 4, 0x42, 0, 0, 1, 2, 3, 4), 0x50, 5],
    ];

    /// <summary>Code at the instruction pointer of a function that pushed rbx and allocated 0x20, and the words left below the return address.</summary>
    public static IEnumerable<object[]> Epilogues =>
    [
        ["before freeing", Bytes(0x48, 0x83, 0xc4, 0x20, 0x5b, 0xc3), 5],
        ["before freeing, long form", Bytes(0x48, 0x81, 0xc4, 0x20, 0, 0, 0, 0x5b, 0xc3), 5],
        ["before the pop", Bytes(0x5b, 0xc3), 1],
        ["before the pop of r12", Bytes(0x41, 0x5c, 0xc3), 1],
        ["before ret", Bytes(0xc3), 0],
        ["before ret with repeat", Bytes(0xf3, 0xc3), 0],
        ["before ret with operand", Bytes(0xc2, 8, 0), 0],
        ["before a tail call", Bytes(0xe9, 0, 1, 0, 0), 0],
        ["before a tail call through memory", Bytes(0x48, 0xff, 0x25, 0, 0, 0, 0), 0],
        ["before a tail call through a register", Bytes(0x48, 0xff, 0xe0), 0],
        ["before a jump within", Bytes(0xeb, 0x10), 5],
        ["before a jump to a part of it", Bytes(0xe9, 0x2b, 0x03, 0, 0), 5],
        ["before other code", Bytes(0x90, 0xc3), 5],
    ];

    public static string NameOf(System.Reflection.MethodInfo method, object[] row) => $"{method.Name} ({row[0]})";

    [TestMethod]
    [DynamicData(nameof(Prologues), DynamicDataDisplayName = nameof(NameOf))]
    public void Every_kind_of_prologue_is_undone(string name, byte[] unwindInfo, int position, int words)
    {
        var image = new ImageWithUnwindData()
            .WithFunction(Inner, Inner + 0x100, InnerInfo, unwindInfo)
            .WithFunction(Outer, Outer + 0x100, OuterInfo, 1, 4, 1, 0, 4, 0x42);

        WalkResult walk = Walk(image, Inner + position, [.. new ulong[words], ReturnAddress, 0, 0, 0, 0, 0, 0]);

        AssertWhole(walk, Inner + position, words, name);
    }

    [TestMethod]
    [DynamicData(nameof(Epilogues), DynamicDataDisplayName = nameof(NameOf))]
    public void An_epilogue_is_finished_where_it_stands(string name, byte[] code, int words)
    {
        // The part at 0x2380 is chained to the inner function.
        var image = new ImageWithUnwindData()
            .WithFunction(Inner, Inner + 0x100, InnerInfo, 1, 5, 2, 0, 5, 0x32, 1, 0x30)
            .WithFunction(Outer, Outer + 0x100, OuterInfo, 1, 4, 1, 0, 4, 0x42)
            .WithFunction(0x2380, 0x2390, 0x3200, 0x21, 0, 0, 0)
            .WriteEntry(0x3204, Inner, Inner + 0x100, InnerInfo)
            .WithBytes(Inner + 0x50, code);

        WalkResult walk = Walk(image, Inner + 0x50, [.. new ulong[words], ReturnAddress, 0, 0, 0, 0, 0, 0]);

        AssertWhole(walk, Inner + 0x50, words, name);
    }

    [TestMethod]
    public void A_frame_register_finds_the_frame_below_a_moved_stack_pointer()
    {
        // push rbp; sub rsp, 0x20; lea rbp, [rsp+0x10]; then rsp went down by an unknown amount.
        var image = new ImageWithUnwindData()
            .WithFunction(Inner, Inner + 0x100, InnerInfo, 1, 10, 3, 0x15, 10, 0x03, 5, 0x32, 1, 0x50)
            .WithFunction(Outer, Outer + 0x100, OuterInfo, 1, 4, 1, 0, 4, 0x42);

        WalkResult walk = Walk(
            image, Inner + 0x50, [.. new ulong[9], ReturnAddress, 0, 0, 0, 0, 0, 0], default(X64Registers) with { Rbp = Stack + 0x20 + 0x10 });

        AssertWhole(walk, Inner + 0x50, words: 9, "frame register");
    }

    [TestMethod]
    public void An_epilogue_frees_the_frame_through_the_frame_register()
    {
        // lea rsp, [rbp+8]; pop rbp; ret: other constants than in the unwind data, so that only the instructions lead there.
        var image = new ImageWithUnwindData()
            .WithFunction(Inner, Inner + 0x100, InnerInfo, 1, 10, 3, 0x15, 10, 0x03, 5, 0x32, 1, 0x50)
            .WithFunction(Outer, Outer + 0x100, OuterInfo, 1, 4, 1, 0, 4, 0x42)
            .WithBytes(Inner + 0x50, 0x48, 0x8d, 0x65, 0x08, 0x5d, 0xc3);

        WalkResult walk = Walk(
            image, Inner + 0x50, [.. new ulong[9], ReturnAddress, 0, 0, 0, 0, 0, 0], default(X64Registers) with { Rbp = Stack + 0x38 });

        AssertWhole(walk, Inner + 0x50, words: 9, "lea");
    }

    [TestMethod]
    public void A_saved_register_carries_the_next_frame()
    {
        // The inner function saved rbp, by which the outer one finds its frame.
        var image = new ImageWithUnwindData()
            .WithFunction(Inner, Inner + 0x100, InnerInfo, 1, 9, 3, 0, 9, 0x54, 2, 0, 4, 0x42)
            .WithFunction(Outer, Outer + 0x100, OuterInfo, 1, 10, 3, 0x05, 10, 0x03, 5, 0x32, 1, 0x50);
        ulong[] words = [0, 0, Stack + 0x50, 0, 0, ReturnAddress, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

        WalkResult walk = Walk(image, Inner + 0x50, words);

        AssertWhole(walk, Inner + 0x50, words: 5, "saved register");
    }

    [TestMethod]
    public void The_parts_of_a_split_function_undo_the_prologues_of_all()
    {
        var image = new ImageWithUnwindData()
            .WithFunction(Inner, Inner + 0x40, InnerInfo, 1, 1, 1, 0, 1, 0x30)
            .WithFunction(Inner + 0x40, Inner + 0x100, 0x3200, 0x21, 4, 1, 0, 4, 0x22)
            .WriteEntry(0x3208, Inner, Inner + 0x40, InnerInfo)
            .WithFunction(Outer, Outer + 0x100, OuterInfo, 1, 4, 1, 0, 4, 0x42);

        WalkResult walk = Walk(image, Inner + 0x50, [.. new ulong[4], ReturnAddress, 0, 0, 0, 0, 0, 0]);

        AssertWhole(walk, Inner + 0x50, words: 4, "chained");
    }

    [TestMethod]
    [DataRow((byte)0x0a, 0)]
    [DataRow((byte)0x1a, 1)]
    public void A_machine_frame_leads_back_to_what_was_interrupted(byte pushMachineFrame, int errorCode)
    {
        // As in ntdll!KiUserCallbackDispatcher: ALLOC_SMALL 0x30 below the machine frame.
        var image = new ImageWithUnwindData()
            .WithFunction(Inner, Inner + 0x40, InnerInfo, 1, 0, 2, 0, 0, 0x52, 0, pushMachineFrame)
            .WithFunction(Outer, Outer + 0x100, OuterInfo, 1, 4, 1, 0, 4, 0x42);
        const ulong SystemCall = ImageWithUnwindData.Base + 0x2300;
        ulong outer = Stack + 0x80;
        ulong[] words = [0, 0, 0, 0, 0, 0, .. new ulong[errorCode], SystemCall, 0, 0, outer, 0, .. new ulong[5 - errorCode], ReturnAddress, 0, 0, 0, 0, 0, 0];

        WalkResult walk = Walk(image, Inner + 0x20, words);

        Assert.AreEqual(WalkExtent.Complete, walk.Extent, walk.EndReason);
        CollectionAssert.AreEqual(
            new (ulong, ulong, ulong)[]
            {
                (ImageWithUnwindData.Base + Inner + 0x20, Stack, SystemCall),
                (SystemCall, outer, ReturnAddress),
                (ReturnAddress, outer + 8, 0),
            },
            walk.Frames.Select(frame => (frame.InstructionPointer, frame.StackPointer, frame.ReturnAddress)).ToArray());
    }

    [TestMethod]
    public void Calling_code_without_unwind_data_ends_the_walk()
    {
        WalkResult walk = Walk(new ImageWithUnwindData(), 0x2300, [ImageWithUnwindData.Base + 0x2400, ReturnAddress]);

        Assert.AreEqual(WalkExtent.Truncated, walk.Extent);
        Assert.HasCount(2, walk.Frames);
        Assert.Contains("app+0x2400 has no unwind data", walk.EndReason!);
    }

    [TestMethod]
    public void The_end_of_the_stack_s_memory_ends_the_walk()
    {
        var image = new ImageWithUnwindData().WithFunction(Inner, Inner + 0x100, InnerInfo, 1, 4, 1, 0, 4, 0x42);

        WalkResult walk = Walk(image, Inner + 0x50, [0, 0, 0]);

        Assert.AreEqual(WalkExtent.Truncated, walk.Extent);
        Assert.Contains("the stack's memory is missing", walk.EndReason!);
    }

    [TestMethod]
    [DataRow(new byte[] { 3, 4, 1, 0, 4, 0x42 }, DisplayName = "version 3")]
    [DataRow(new byte[] { 1, 4, 1, 0, 4, 0x4b }, DisplayName = "operation 11")]
    [DataRow(new byte[] { 1, 4, 1, 0, 4, 0x01 }, DisplayName = "operand missing")]
    public void Unknown_unwind_data_ends_the_walk(byte[] unwindInfo)
    {
        var image = new ImageWithUnwindData().WithFunction(Inner, Inner + 0x100, InnerInfo, unwindInfo);

        WalkResult walk = Walk(image, Inner + 0x50, new ulong[32]);

        Assert.AreEqual(WalkExtent.Truncated, walk.Extent);
        Assert.Contains("the unwind data of app+0x2000 is not readable", walk.EndReason!);
    }

    [TestMethod]
    public void A_chain_without_end_ends_the_walk()
    {
        var image = new ImageWithUnwindData()
            .WithFunction(Inner, Inner + 0x100, InnerInfo, 0x21, 0, 0, 0)
            .WriteEntry(InnerInfo + 4, Inner, Inner + 0x100, InnerInfo);

        Assert.Contains("chained without end", Walk(image, Inner + 0x50, new ulong[32]).EndReason!);
    }

    [TestMethod]
    public void A_caller_below_its_callee_ends_the_walk()
    {
        var image = new ImageWithUnwindData().WithFunction(Inner, Inner + 0x40, InnerInfo, 1, 0, 1, 0, 0, 0x0a);

        WalkResult walk = Walk(image, Inner + 0x20, [ReturnAddress, 0, 0, Stack, 0]);

        Assert.HasCount(1, walk.Frames);
        Assert.Contains("does not rise", walk.EndReason!);
    }

    [TestMethod]
    public void Without_registers_or_memory_there_is_no_walk()
    {
        var walker = new X64StackWalker(new SyntheticProcess());
        var stack = new ThreadStack { Thread = new ThreadIdentity(0), InstructionPointer = 1 };

        Assert.Contains("registers", walker.Walk(stack).EndReason!);
        Assert.Contains("memory", walker.Walk(stack with { Registers = default(X64Registers) }).EndReason!);
        Assert.AreEqual(WalkExtent.Failed, walker.Walk(stack).Extent);
    }

    [TestMethod]
    public void Registers_are_taken_from_a_context()
    {
        byte[] context = new byte[0xf8];
        for (int register = 0; register < 16; register++)
            context[0x78 + (register * 8)] = (byte)register;

        Assert.AreEqual(new X64Registers(3, 5, 6, 7, 12, 13, 14, 15), X64Context.PreservedOf(context));
    }

    private static void AssertWhole(WalkResult walk, int position, int words, string name)
    {
        Assert.AreEqual(WalkExtent.Complete, walk.Extent, $"{name}: {walk.EndReason}");
        ulong outer = Stack + ((ulong)words * 8) + 8;
        CollectionAssert.AreEqual(
            new (ulong, ulong, ulong)[] { (ImageWithUnwindData.Base + (ulong)position, Stack, ReturnAddress), (ReturnAddress, outer, 0) },
            walk.Frames.Select(frame => (frame.InstructionPointer, frame.StackPointer, frame.ReturnAddress)).ToArray(),
            name);
    }

    private static WalkResult Walk(ImageWithUnwindData image, int position, ulong[] words, X64Registers registers = default) =>
        new X64StackWalker(image.ToProcess()).Walk(new ThreadStack
        {
            Thread = new ThreadIdentity(0),
            InstructionPointer = ImageWithUnwindData.Base + (ulong)position,
            StackPointer = Stack,
            Registers = registers,
            Memory = new StackMemory(Stack, words.SelectMany(BitConverter.GetBytes).ToArray(), IsComplete: true),
        });

    private static byte[] Bytes(params byte[] bytes) => bytes;
}

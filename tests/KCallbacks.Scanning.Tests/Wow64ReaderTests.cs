using System.Buffers.Binary;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Scanning.Tests;

/// <summary>Where the 32-bit half of a WoW64 thread is, and where the other one is while it runs.</summary>
[TestClass]
public sealed class Wow64ReaderTests
{
    private const ulong Teb = 0x7e00_0000;
    private const ulong Teb32 = 0x7e00_2000;
    private const ulong Area = 0x7d00_0000;
    private const ulong NativeBase = 0x20_0010_0000;
    private const ulong NativeStack = NativeBase - 0x800;
    private const uint Base32 = 0x0110_0000;
    private const uint Esp = Base32 - 0x400, Eip = 0x40_1234, Ebp = Esp + 0x40;
    private const int Windows10 = 19041, Windows7 = 7601;

    private static readonly ThreadIdentity Thread = new(0);

    [TestMethod]
    [DataRow(Windows10)]
    [DataRow(Windows7)]
    [DataRow(null)]
    public void A_thread_in_64_bit_code_has_the_registers_of_its_other_half_in_the_CPU_area(int? build)
    {
        ThreadStack stack = Complete(new Process(), Context(0x33, NativeStack), build);

        Assert.AreEqual(NativeStack, stack.StackPointer);
        AssertHalf(stack.Wow64Half);
    }

    [TestMethod]
    public void Before_Windows_10_a_CPU_area_names_no_machine()
    {
        var process = new Process { Machine = 0 };

        AssertHalf(Complete(process, Context(0x33, NativeStack), Windows7).Wow64Half);
        Assert.IsNull(Complete(process, Context(0x33, NativeStack), Windows10).Wow64Half);
    }

    [TestMethod]
    public void A_CPU_area_that_is_not_there_or_holds_no_registers_of_x86_gives_no_half()
    {
        Assert.IsNull(Complete(new Process { AreaPointer = 0 }, Context(0x33, NativeStack)).Wow64Half);
        Assert.IsNull(Complete(new Process { AreaPointer = 0x1000 }, Context(0x33, NativeStack)).Wow64Half);
        Assert.IsNull(Complete(new Process { Flags = 0x20_001f }, Context(0x33, NativeStack)).Wow64Half);
        Assert.IsNull(Complete(new Process { Pointer = 0 }, Context(0x33, NativeStack)).Wow64Half);
    }

    [TestMethod]
    [DataRow((ushort)0x23, DisplayName = "by its code segment")]
    [DataRow((ushort)0, DisplayName = "by its stack pointer, where the context has no segments")]
    public void A_thread_that_runs_32_bit_code_has_its_own_registers_there(ushort segment)
    {
        var process = new Process { NativePointer = NativeStack, Pointer = 0x5678 };

        ThreadStack stack = Complete(process, Context(segment, Esp, Eip, Ebp));

        AssertHalf(stack.Wow64Half);
        Assert.AreEqual(NativeStack, stack.StackPointer);
        Assert.AreEqual(0ul, stack.InstructionPointer);
        Assert.AreEqual(NativeStack, stack.Memory!.Address);
        Assert.IsTrue(stack.Memory.IsComplete);
        Assert.IsNull(stack.Problem);
    }

    [TestMethod]
    public void Of_a_thread_that_runs_32_bit_code_nothing_is_taken_for_the_other_stack_where_that_is_not_kept()
    {
        ThreadStack stack = Complete(new Process { NativePointer = 0 }, Context(0x23, Esp, Eip, Ebp));

        AssertHalf(stack.Wow64Half);
        Assert.IsNull(stack.Memory);
        Assert.Contains("64-bit half", stack.Problem!);
    }

    [TestMethod]
    public void Without_a_TEB_a_thread_that_runs_32_bit_code_still_has_that_half()
    {
        var memory = new Process();
        var stacks = new StackReader(memory.Read, CpuLayout.X64);

        ThreadStack stack = new Wow64Reader(memory.Read, CpuLayout.X64, Windows10).Complete(new() { Thread = Thread }, Context(0x23, Esp, Eip, Ebp), teb: 0, stacks);

        Assert.AreEqual(Esp, stack.Wow64Half!.StackPointer);
        Assert.IsNull(stack.Memory);
    }

    [TestMethod]
    [DataRow(Teb32, 0u)]
    [DataRow(0ul, 0x2000u)]
    [DataRow(0x1234_5678ul, 0x2000u, DisplayName = "an exception list that is no TEB")]
    public void The_32_bit_TEB_is_one_that_knows_its_own_address(ulong named, uint distance)
    {
        var process = new Process { Named = named, Distance = distance };

        Assert.IsTrue(Complete(process, Context(0x33, NativeStack)).Wow64Half!.Memory!.IsComplete);
    }

    private static void AssertHalf(ThreadStack? half)
    {
        Assert.IsNotNull(half);
        Assert.AreEqual(Eip, half.InstructionPointer);
        Assert.AreEqual(Esp, half.StackPointer);
        Assert.AreEqual(Ebp, half.FramePointer);
        Assert.AreEqual(Esp, half.Memory!.Address);
        Assert.AreEqual(0x400, half.Memory.Bytes.Length);
    }

    private static ThreadStack Complete(Process process, byte[] context, int? build = Windows10)
    {
        var stacks = new StackReader(process.Read, CpuLayout.X64);
        ulong stackPointer = CpuLayout.X64.ToAddress(context.AsSpan(CpuLayout.X64.StackPointerOffset));
        var own = new ThreadStack { Thread = Thread, InstructionPointer = 1, StackPointer = stackPointer, Memory = stacks.Read(stackPointer, Teb) };
        return new Wow64Reader(process.Read, CpuLayout.X64, build).Complete(own, context, Teb, stacks);
    }

    private static byte[] Context(ushort segment, ulong stackPointer, ulong instructionPointer = 0x7ffb_4000_1014, ulong framePointer = 0)
    {
        byte[] context = new byte[CpuLayout.X64.ContextSize];
        BinaryPrimitives.WriteUInt16LittleEndian(context.AsSpan(0x38), segment);
        BinaryPrimitives.WriteUInt64LittleEndian(context.AsSpan(0x98), stackPointer);
        BinaryPrimitives.WriteUInt64LittleEndian(context.AsSpan(0xa0), framePointer);
        BinaryPrimitives.WriteUInt64LittleEndian(context.AsSpan(0xf8), instructionPointer);
        return context;
    }

    /// <summary>Both TEBs, both stacks and the CPU area of one thread.</summary>
    private sealed class Process
    {
        public ulong Named { get; init; } = Teb32;

        public uint Distance { get; init; }

        public ulong NativePointer { get; init; }

        public ulong AreaPointer { get; init; } = Area;

        public ushort Machine { get; init; } = 0x14c;

        public uint Flags { get; init; } = 0x1_003f;

        public uint Pointer { get; init; } = Esp;

        public int Read(ulong address, Span<byte> destination)
        {
            foreach ((ulong start, byte[] bytes) in Ranges())
            {
                if (address < start || address >= start + (ulong)bytes.Length)
                    continue;
                ReadOnlySpan<byte> there = bytes.AsSpan((int)(address - start));
                int count = Math.Min(there.Length, destination.Length);
                there[..count].CopyTo(destination);
                return count;
            }

            return 0;
        }

        private IEnumerable<(ulong Start, byte[] Bytes)> Ranges()
        {
            byte[] teb = new byte[0x1838];
            Write(teb, 0x00, Named);
            Write(teb, 0x08, NativeBase);
            Write(teb, 0x10, NativeBase - 0x1_0000);
            Write(teb, 0x1480, NativePointer);
            Write(teb, 0x1488, AreaPointer);
            BinaryPrimitives.WriteUInt32LittleEndian(teb.AsSpan(0x180c), Distance);
            yield return (Teb, teb);

            byte[] teb32 = new byte[0x1000];
            BinaryPrimitives.WriteUInt32LittleEndian(teb32.AsSpan(0x04), Base32);
            BinaryPrimitives.WriteUInt32LittleEndian(teb32.AsSpan(0x18), (uint)Teb32);
            yield return (Teb32, teb32);

            byte[] area = new byte[4 + CpuLayout.X86.ContextSize];
            BinaryPrimitives.WriteUInt16LittleEndian(area.AsSpan(2), Machine);
            BinaryPrimitives.WriteUInt32LittleEndian(area.AsSpan(4), Flags);
            BinaryPrimitives.WriteUInt32LittleEndian(area.AsSpan(4 + 0xb4), Ebp);
            BinaryPrimitives.WriteUInt32LittleEndian(area.AsSpan(4 + 0xb8), Eip);
            BinaryPrimitives.WriteUInt32LittleEndian(area.AsSpan(4 + 0xc4), Pointer);
            yield return (Area, area);

            yield return (NativeStack, new byte[NativeBase - NativeStack]);
            yield return (Esp, new byte[Base32 - Esp]);
        }

        private static void Write(byte[] block, int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(block.AsSpan(offset), value);
    }
}

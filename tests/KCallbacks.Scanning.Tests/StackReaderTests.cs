using System.Buffers.Binary;
using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Scanning.Tests;

/// <summary>How much of a stack is read, and whether it is known to be the whole.</summary>
[TestClass]
public sealed class StackReaderTests
{
    private const ulong Teb = 0x7000_0000;
    private const ulong Base = 0x12_0000;
    private const ulong StackPointer = Base - 0x2345;

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_stack_is_read_to_its_base_whether_the_TEB_tells_it_or_the_memory_ends_there(bool hasTeb)
    {
        var memory = new Memory().With(Base - 0x4000, 0x4000);

        StackMemory stack = Read(hasTeb ? memory.WithTeb(Base) : memory, StackPointer, Teb)!;

        Assert.AreEqual(StackPointer, stack.Address);
        Assert.AreEqual(0x2345, stack.Bytes.Length);
        Assert.IsTrue(stack.IsComplete);
    }

    [TestMethod]
    public void A_stack_that_lies_in_adjoining_ranges_is_whole()
    {
        var memory = new Memory().With(Base - 0x4000, 0x2800).With(Base - 0x1800, 0x1000).With(Base - 0x800, 0x800).WithTeb(Base);

        StackMemory stack = Read(memory, StackPointer, Teb)!;

        Assert.AreEqual(0x2345, stack.Bytes.Length);
        Assert.IsTrue(stack.IsComplete);
        Assert.AreEqual(unchecked((byte)(Base - 1)), stack.Bytes.Span[^1]);
    }

    [TestMethod]
    public void A_stack_of_which_the_outer_part_is_missing_is_not_whole()
    {
        var memory = new Memory().With(Base - 0x4000, 0x3000).WithTeb(Base);

        StackMemory stack = Read(memory, StackPointer, Teb)!;

        Assert.AreEqual(0x1345, stack.Bytes.Length);
        Assert.IsFalse(stack.IsComplete);
    }

    [TestMethod]
    public void Without_a_TEB_memory_that_ends_where_no_stack_can_is_not_whole() =>
        Assert.IsFalse(Read(new Memory().With(Base - 0x4000, 0x3000), StackPointer, teb: null)!.IsComplete);

    [TestMethod]
    [DataRow(0ul)]
    [DataRow(StackPointer)]
    [DataRow(StackPointer + 0x1000_0000)]
    public void A_TEB_that_cannot_be_true_is_not_believed(ulong stackBase)
    {
        var memory = new Memory().With(Base - 0x4000, 0x4000).WithTeb(stackBase);

        Assert.AreEqual(0x2345, Read(memory, StackPointer, Teb)!.Bytes.Length);
    }

    [TestMethod]
    public void Where_nothing_is_there_is_no_stack() => Assert.IsNull(Read(new Memory().WithTeb(Base), StackPointer, Teb));

    [TestMethod]
    public void A_range_of_a_list_is_the_stack_when_it_ends_where_stacks_do()
    {
        var reader = new StackReader(new Memory().With(Base - 0x4000, 0x4000).WithTeb(Base).Read, CpuLayout.X64);

        Assert.IsTrue(reader.Peek(new StackRange(StackPointer, 0x2345, Teb: 0))!.IsComplete);
        Assert.AreEqual(0x2345, reader.Peek(new StackRange(StackPointer, 0x1000, Teb))!.Bytes.Length);
        Assert.IsNull(reader.Peek(new StackRange(StackPointer, 0x1000, Teb: 0)));
    }

    [TestMethod]
    public void What_is_copied_outlives_the_next_peek()
    {
        var reader = new StackReader(new Memory().With(Base - 0x4000, 0x4000).Read, CpuLayout.X64);

        StackMemory peeked = reader.Peek(new StackRange(Base - 0x100, 0x100, Teb: 0))!;
        StackMemory copied = peeked.Copy();
        StackMemory next = reader.Peek(new StackRange(Base - 0x1f0, 0x1f0, Teb: 0))!;

        Assert.AreEqual(0x1f0, next.Bytes.Length);
        Assert.AreEqual((byte)(Base - 0x1f0 & 0xff), next.Bytes.Span[0]);
        Assert.AreEqual(0x100, copied.Bytes.Length);
        Assert.AreEqual((byte)(Base - 0x100 & 0xff), copied.Bytes.Span[0]);
        Assert.AreEqual(peeked with { Bytes = default }, copied with { Bytes = default });
    }

    private static StackMemory? Read(Memory memory, ulong stackPointer, ulong? teb) =>
        new StackReader(memory.Read, CpuLayout.X64).Read(stackPointer, teb);

    /// <summary>Ranges of memory, of which a read never goes through more than one. A byte holds the lowest byte of its address.</summary>
    private sealed class Memory
    {
        private readonly List<(ulong Start, byte[] Bytes)> _ranges = [];

        public Memory With(ulong start, int size)
        {
            _ranges.Add((start, [.. Enumerable.Range(0, size).Select(offset => (byte)(start + (ulong)offset))]));
            return this;
        }

        public Memory WithTeb(ulong stackBase)
        {
            byte[] teb = new byte[0x100];
            BinaryPrimitives.WriteUInt64LittleEndian(teb.AsSpan(8), stackBase);
            _ranges.Add((Teb, teb));
            return this;
        }

        public int Read(ulong address, Span<byte> destination)
        {
            foreach ((ulong start, byte[] bytes) in _ranges)
            {
                if (address < start || address - start >= (ulong)bytes.Length)
                    continue;
                int count = Math.Min(destination.Length, bytes.Length - (int)(address - start));
                bytes.AsSpan((int)(address - start), count).CopyTo(destination);
                return count;
            }

            return 0;
        }
    }
}

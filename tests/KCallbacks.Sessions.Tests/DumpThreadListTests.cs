using System.Buffers.Binary;
using KCallbacks.Scanning;
using KCallbacks.Sessions.User;

namespace KCallbacks.Sessions.Tests;

/// <summary>Reading the thread list of a dump.</summary>
[TestClass]
public sealed class DumpThreadListTests
{
    private const int EntrySize = 48;

    [TestMethod]
    [DataRow(4)]
    [DataRow(8)]
    public void Threads_are_found_by_their_system_id_however_the_list_is_aligned(int header)
    {
        DumpThreadList? list = DumpThreadList.Parse(Stream(header, (0x1a30, 0x20_0000, 0x1f8), (0x1a34, 0x30_0000, 0x2f8)));

        Assert.AreEqual(new StackRange(0x30_0000, 0x2f8, 0x7000_1a34), list?.Find(0x1a34));
        Assert.AreEqual(new StackRange(0x20_0000, 0x1f8, 0x7000_1a30), list?.Find(0x1a30));
        Assert.IsNull(list?.Find(0x1a38));
    }

    [TestMethod]
    public void A_thread_without_a_stack_is_not_found() =>
        Assert.IsNull(DumpThreadList.Parse(Stream(4, (0x1a30, 0, 0)))!.Find(0x1a30));

    [TestMethod]
    public void A_list_that_names_two_threads_alike_is_not_used() =>
        Assert.IsNull(DumpThreadList.Parse(Stream(4, (0x1a30, 0x20_0000, 0x1f8), (0x1a30, 0x30_0000, 0x1f8))));

    [TestMethod]
    [DataRow(0)]
    [DataRow(3)]
    [DataRow(4 + EntrySize - 1)]
    [DataRow(4 + EntrySize + 2)]
    [DataRow(4 + EntrySize + 5)]
    public void A_list_of_the_wrong_length_is_not_used(int length)
    {
        byte[] stream = new byte[length];
        Stream(4, (0x1a30, 0x20_0000, 0x1f8)).AsSpan(0, Math.Min(length, 4 + EntrySize)).CopyTo(stream);

        Assert.IsNull(DumpThreadList.Parse(stream));
    }

    [TestMethod]
    public void A_count_beyond_all_bounds_is_not_used() => Assert.IsNull(DumpThreadList.Parse([0xff, 0xff, 0xff, 0xff]));

    /// <summary>A <c>MINIDUMP_THREAD_LIST</c>; the TEB of each thread is its id above 0x70000000.</summary>
    private static byte[] Stream(int header, params (uint Id, ulong Stack, uint Size)[] threads)
    {
        byte[] stream = new byte[header + (threads.Length * EntrySize)];
        BinaryPrimitives.WriteInt32LittleEndian(stream, threads.Length);
        for (int i = 0; i < threads.Length; i++)
        {
            Span<byte> entry = stream.AsSpan(header + (i * EntrySize), EntrySize);
            BinaryPrimitives.WriteUInt32LittleEndian(entry, threads[i].Id);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[16..], 0x7000_0000 + threads[i].Id);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[24..], threads[i].Stack);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[32..], threads[i].Size);
        }

        return stream;
    }
}

using KCallbacks.Scanning.Unwinding;

namespace KCallbacks.Dumps.Tests;

/// <summary>Code that Windows had registered outside of modules is found in the dump's stream of function tables.</summary>
[TestClass]
public sealed class FunctionTableTests
{
    private const uint FunctionTableStream = 13;
    private const ulong Base = 0x7ff6_8000_0000;

    [TestMethod]
    public void A_function_is_found_from_every_address_of_its_table() => With(Stream(), dump =>
    {
        Assert.AreEqual(Base, FunctionAt(dump, Base + 0x1000)?.Base);
        GeneratedFunction second = FunctionAt(dump, Base + 0x2fff)!;
        Assert.AreSequenceEqual([0x2000u, 0x2100u, 0x9000u, 0x2200u, 0x3000u, 0x9010u], Enumerable.Range(0, 6).Select(i => BitConverter.ToUInt32(second.Table, i * 4)), "sorted, whatever order they were written in");
        Assert.IsNull(FunctionAt(dump, Base + 0xfff));
        Assert.IsNull(FunctionAt(dump, Base + 0x3000));
        Assert.IsNull(FunctionAt(dump, Base + 0x1800), "between two tables");
        Assert.IsNull(FunctionAt(dump, 0));
        Assert.IsNull(FunctionAt(dump, ulong.MaxValue));
    });

    [TestMethod]
    [DataRow(0, 8u, DisplayName = "a header that is too short")]
    [DataRow(4, 16u, DisplayName = "descriptors that are too short")]
    [DataRow(4, uint.MaxValue, DisplayName = "descriptors without end")]
    [DataRow(8, uint.MaxValue, DisplayName = "native descriptors without end")]
    [DataRow(12, 8u, DisplayName = "functions of another processor")]
    [DataRow(20, uint.MaxValue, DisplayName = "padding without end")]
    [DataRow(32 + 24, uint.MaxValue, DisplayName = "functions without end")]
    public void Damaged_tables_are_none(int offset, uint value)
    {
        byte[] stream = Stream();
        BitConverter.TryWriteBytes(stream.AsSpan(offset), value);

        With(stream, dump => Assert.IsNull(FunctionAt(dump, Base + 0x1000)));
    }

    [TestMethod]
    public void More_tables_than_there_are_do_no_harm()
    {
        byte[] stream = Stream();
        BitConverter.TryWriteBytes(stream.AsSpan(16), uint.MaxValue);

        With(stream, dump => Assert.IsNotNull(FunctionAt(dump, Base + 0x1000)));
    }

    [TestMethod]
    public void A_dump_without_the_stream_has_none() => DumpImage.Of("nested-win10").Use(path =>
    {
        using Minidump dump = Minidump.Open(path);

        Assert.IsNull(dump.GeneratedCode);
    });

    private static GeneratedFunction? FunctionAt(Minidump dump, ulong address) => dump.GeneratedCode?.FunctionAt(address);

    private static void With(byte[] stream, Action<Minidump> test) => DumpImage.Of("nested-win10").WithStream(FunctionTableStream, stream).Use(path =>
    {
        using Minidump dump = Minidump.Open(path);
        test(dump);
    });

    /// <summary>Two tables, the second of which has its functions in the wrong order; padding after the header and after each table.</summary>
    private static byte[] Stream()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        foreach (uint field in (ReadOnlySpan<uint>)[24, 32, 16, 12, 2, 8])
            writer.Write(field);
        writer.Write(0UL);
        WriteTable(writer, 0x1000, 0x1400, (0x1000, 0x1400, 0x8000));
        WriteTable(writer, 0x2000, 0x3000, (0x2200, 0x3000, 0x9010), (0x2000, 0x2100, 0x9000));
        return stream.ToArray();
    }

    private static void WriteTable(BinaryWriter writer, uint first, uint end, params (uint Begin, uint End, uint UnwindData)[] functions)
    {
        writer.Write(Base + first);
        writer.Write(Base + end);
        writer.Write(Base);
        writer.Write((uint)functions.Length);
        writer.Write(4u);
        writer.Write(new byte[16]);
        foreach ((uint begin, uint functionEnd, uint unwindData) in functions)
        {
            writer.Write(begin);
            writer.Write(functionEnd);
            writer.Write(unwindData);
        }

        writer.Write(0u);
    }
}

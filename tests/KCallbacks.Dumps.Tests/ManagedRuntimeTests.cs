using System.Buffers.Binary;
using System.Text;

namespace KCallbacks.Dumps.Tests;

[TestClass]
public sealed class ManagedRuntimeTests
{
    private const uint ModuleListStream = 4;
    private const uint Memory64ListStream = 9;
    private const uint UnknownStream = 0x8000_0001;
    private const int ModuleSize = 108;
    private const int NameOffset = 20;

    /// <summary>Of dwFileVersionMS in the VS_FIXEDFILEINFO of a MINIDUMP_MODULE.</summary>
    private const int VersionOffset = 32;

    [TestMethod]
    [DataRow("coreclr.dll", "coreclr")]
    [DataRow("CLR.DLL", "CLR")]
    [DataRow("coreclrx.dll", null)]
    [DataRow("app.dll", null)]
    public void A_runtime_in_the_list_of_modules_is_named(string file, string? expected) => WithModule(file, UnknownStream, []).Use(path =>
    {
        using Minidump dump = Minidump.Open(path);

        Assert.AreEqual(expected, dump.ManagedRuntime?.Module);
    });

    [TestMethod]
    public void A_dump_that_ClrMD_refuses_has_a_runtime_without_version()
    {
        // A range that reaches beyond 2^63, which ClrMD does not bear.
        byte[] range = new byte[32];
        BinaryPrimitives.WriteUInt64LittleEndian(range, 1);
        BinaryPrimitives.WriteUInt64LittleEndian(range.AsSpan(16), 0x7fff_ffff_ffff_f000);
        BinaryPrimitives.WriteUInt64LittleEndian(range.AsSpan(24), 0x8000_0000_0000_0000);

        WithModule("coreclr.dll", Memory64ListStream, range).Use(path =>
        {
            using Minidump dump = Minidump.Open(path);

            Assert.AreEqual(new RuntimeName("coreclr", null), dump.ManagedRuntime);
        });
    }

    [TestMethod]
    [DataRow("coreclr.dll", 0x0009_0000u, 0x0019_ccbbu, "coreclr 9.0.25.52411", false)]
    [DataRow("coreclr.dll", 0x000a_0000u, 0x04ca_a544u, "coreclr 10.0.1226.42308", true)]
    [DataRow("clr.dll", 0x0004_0008u, 0x2484_0000u, "clr 4.8.9348.0", false)]
    [DataRow("coreclr.dll", 0u, 0u, "coreclr", null)]
    public void Its_version_is_that_of_the_list_of_modules(string file, uint high, uint low, string expected, bool? describesItself) =>
        WithModule(file, UnknownStream, [], high, low).Use(path =>
        {
            using Minidump dump = Minidump.Open(path);

            Assert.AreEqual(expected, dump.ManagedRuntime!.ToString());
            Assert.AreEqual(describesItself, dump.ManagedRuntime.DescribesItself);
        });

    /// <summary>A generated dump whose last module has another name, which lies after the bytes of another stream.</summary>
    private static DumpImage WithModule(string file, uint stream, byte[] before, uint versionHigh = 0, uint versionLow = 0)
    {
        DumpImage dump = DumpImage.Of("nested-win10");
        int list = dump.OffsetOf(ModuleListStream);
        int entry = list + sizeof(uint) + ((int)(dump.UInt32(list) - 1) * ModuleSize);
        byte[] name = Encoding.Unicode.GetBytes(@"C:\Program Files\dotnet\" + file);
        return dump.WithStream(stream, [.. before, .. BitConverter.GetBytes(name.Length), .. name, 0, 0])
            .With(entry + NameOffset, (uint)(dump.Length + before.Length))
            .With(entry + VersionOffset, versionHigh)
            .With(entry + VersionOffset + sizeof(uint), versionLow);
    }
}

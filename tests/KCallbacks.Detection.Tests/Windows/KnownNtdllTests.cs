using KCallbacks.Detection.Model;
using KCallbacks.Detection.Windows;

namespace KCallbacks.Detection.Tests.Windows;

[TestClass]
public sealed class KnownNtdllTests
{
    [TestMethod]
    [DataRow("6.1.7600.16385", Architecture.X64, 0x4fdf5UL)]
    [DataRow("6.1.7601.17514", Architecture.X64, 0x51225UL)]
    [DataRow("6.1.7601.24384", Architecture.X64, 0x6b5cfUL)]
    [DataRow("6.1.7601.24520", Architecture.X64, 0x6b5cfUL)]
    [DataRow("6.3.9600.16384", Architecture.X64, 0x998efUL)]
    [DataRow("10.0.10240.16430", Architecture.X64, 0x953e4UL)]
    [DataRow("10.0.10586.0", Architecture.X64, 0xa8814UL)]
    [DataRow("10.0.10586.1106", Architecture.X64, 0xa8b94UL)]
    [DataRow("10.0.14393.0", Architecture.X64, 0xa89d4UL)]
    [DataRow("10.0.14393.447", Architecture.X64, 0xa89e4UL)]
    [DataRow("10.0.14393.1715", Architecture.X64, 0xa9c24UL)]
    [DataRow("10.0.15063.0", Architecture.X64, 0xa90b4UL)]
    [DataRow("10.0.16299.15", Architecture.X64, 0xa3b14UL)]
    [DataRow("10.0.17134.471", Architecture.X64, 0x9e6b4UL)]
    [DataRow("10.0.17134.556", Architecture.X64, 0x9e6b4UL)]
    [DataRow("10.0.17763.1", Architecture.X64, 0xa22c4UL)]
    [DataRow("10.0.17763.475", Architecture.X64, 0xa3494UL)]
    [DataRow("10.0.18362.1", Architecture.X64, 0x9fdb4UL)]
    [DataRow("10.0.18362.145", Architecture.X64, 0x9fdb4UL)]
    [DataRow("10.0.18362.418", Architecture.X64, 0x9fe14UL)]
    [DataRow("10.0.18362.815", Architecture.X64, 0x9fde4UL)]
    [DataRow("10.0.18362.1171", Architecture.X64, 0xa0464UL)]
    [DataRow("10.0.19041.423", Architecture.X64, 0x9fbf4UL)]
    [DataRow("10.0.19041.488", Architecture.X64, 0x9fbf4UL)]
    [DataRow("10.0.19041.546", Architecture.X64, 0x9fbc4UL)]
    [DataRow("10.0.19041.662", Architecture.X64, 0x9fde4UL)]
    [DataRow("10.0.19041.1288", Architecture.X64, 0xa0ba4UL)]
    [DataRow("10.0.19041.1466", Architecture.X64, 0xa0ba4UL)]
    [DataRow("10.0.19041.1741", Architecture.X64, 0xa0b74UL)]
    [DataRow("10.0.19041.3086", Architecture.X64, 0xa0f34UL)]
    [DataRow("10.0.19041.3155", Architecture.X64, 0xa0e64UL)]
    [DataRow("10.0.20348.4767", Architecture.X64, 0xa42c4UL)]
    [DataRow("10.0.22000.778", Architecture.X64, 0xa7e64UL)]
    [DataRow("10.0.26100.5074", Architecture.X64, 0x167254UL)]
    [DataRow("10.0.26100.7019", Architecture.X64, 0x165ce4UL)]
    [DataRow("10.0.26100.7824", Architecture.X64, 0x165a74UL)]
    [DataRow("5.1.2600.2180", Architecture.X86, 0xeae3UL)]
    [DataRow("5.1.2600.5512", Architecture.X86, 0xe453UL)]
    [DataRow("5.1.2600.6419", Architecture.X86, 0xe473UL)]
    [DataRow("6.1.7601.21861", Architecture.X86, 0x4706eUL)]
    [DataRow("6.2.9200.16578", Architecture.X86, 0x42c92UL)]
    [DataRow("6.3.9600.17736", Architecture.X86, 0x407d6UL)]
    [DataRow("6.3.9600.18146", Architecture.X86, 0x407a6UL)]
    [DataRow("6.3.9600.18258", Architecture.X86, 0x40596UL)]
    [DataRow("10.0.14393.479", Architecture.X86, 0x708c6UL)]
    [DataRow("10.0.15063.608", Architecture.X86, 0x7411dUL)]
    [DataRow("10.0.16299.15", Architecture.X86, 0x9153dUL)]
    [DataRow("10.0.17763.292", Architecture.X86, 0x728edUL)]
    [DataRow("10.0.18362.387", Architecture.X86, 0x741cdUL)]
    [DataRow("10.0.19041.804", Architecture.X86, 0x73bbdUL)]
    [DataRow("10.0.19041.1566", Architecture.X86, 0x74e7dUL)]
    [DataRow("10.0.19041.1682", Architecture.X86, 0x74e7dUL)]
    [DataRow("10.0.19041.2130", Architecture.X86, 0x74fbdUL)]
    [DataRow("10.0.19041.2788", Architecture.X86, 0x74f8dUL)]
    [DataRow("10.0.19041.3996", Architecture.X86, 0x7507dUL)]
    [DataRow("10.0.19041.6456", Architecture.X86, 0x756cdUL)]
    public void The_return_of_a_build_is_known(string version, Architecture architecture, ulong offset)
    {
        Assert.IsTrue(KnownNtdlls.ReturnTo(architecture, offset), version);
        Assert.IsFalse(KnownNtdlls.ReturnTo(architecture, offset + 2), version);
    }

    /// <summary>Where the routine returns to follows from the version, so that a line of the table needs no more than what an image shows.</summary>
    [TestMethod]
    [DataRow("5.1.2600.0", Architecture.X86, 0x13UL)]
    [DataRow("6.0.6002.18005", Architecture.X86, 0x2eUL)]
    [DataRow("6.2.9200.16384", Architecture.X86, 0x2eUL)]
    [DataRow("6.3.9600.16384", Architecture.X86, 0x36UL)]
    [DataRow("10.0.14393.0", Architecture.X86, 0x36UL)]
    [DataRow("10.0.15063.0", Architecture.X86, 0x4dUL)]
    [DataRow("10.0.99999.1", Architecture.X86, 0x4dUL)]
    [DataRow("6.3.9600.16384", Architecture.X64, 0x1fUL)]
    [DataRow("10.0.10240.0", Architecture.X64, 0x24UL)]
    [DataRow("10.0.99999.1", Architecture.X64, 0x24UL)]
    public void A_new_build_costs_one_line(string version, Architecture architecture, ulong displacement) =>
        Assert.AreEqual(0x4_5670 + displacement, new KnownNtdll(version, architecture, 0x4_5670).Return);

    [TestMethod]
    public void A_build_stands_once() =>
        Assert.HasCount(KnownNtdlls.All.Length, KnownNtdlls.All.Select(ntdll => (ntdll.Version, ntdll.Architecture)).Distinct());
}

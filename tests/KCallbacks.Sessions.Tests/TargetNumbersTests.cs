using KCallbacks.Detection.Tests.Memory;

namespace KCallbacks.Sessions.Tests;

/// <summary>Numbers of every size in memory, up to where memory ends.</summary>
[TestClass]
public sealed class TargetNumbersTests
{
    [TestMethod]
    [DataRow(0x7000ul, sizeof(ulong), 0x8877665544332211ul)]
    [DataRow(0x7000ul, sizeof(uint), 0x44332211ul)]
    [DataRow(0x7004ul, sizeof(uint), 0x88776655ul)]
    [DataRow(0x7004ul, sizeof(ulong), null)]
    [DataRow(0x6ffful, sizeof(uint), null)]
    public void A_number_is_read_whole_or_not_at_all(ulong address, int size, ulong? number)
    {
        SyntheticProcess process = new SyntheticProcess().WithMemory(0x7000, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88);

        Assert.AreEqual(number, process.ReadNumber(address, size));
    }
}

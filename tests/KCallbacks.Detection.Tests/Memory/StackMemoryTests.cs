using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Memory;

/// <summary>Parts of a thread's stack memory.</summary>
[TestClass]
public sealed class StackMemoryTests
{
    private static readonly StackMemory Whole = new(0x1000, new byte[] { 1, 2, 3, 4 }, IsComplete: true);

    [TestMethod]
    public void The_rest_from_an_address_on_reaches_as_far_as_the_whole()
    {
        StackMemory rest = Whole.From(0x1002)!;

        Assert.AreEqual(0x1002UL, rest.Address);
        Assert.AreSequenceEqual((byte[])[3, 4], rest.Bytes.ToArray());
        Assert.IsTrue(rest.IsComplete);
    }

    [TestMethod]
    [DataRow(0xfffUL)]
    [DataRow(0x1004UL)]
    [DataRow(0UL)]
    public void There_is_no_rest_from_an_address_outside(ulong address) => Assert.IsNull(Whole.From(address));
}

using KCallbacks.Detection.Model;

namespace KCallbacks.Detection.Tests.Model;

/// <summary>Which module holds an address.</summary>
[TestClass]
public sealed class ModuleMapTests
{
    private static readonly Module First = new("first", 0x1_0000, 0x1000), Second = new("second", 0x2_0000, 0x2000), Last = new("last", 0xffff_ffff_ffff_0000, 0x1_0000);

    [TestMethod]
    [DataRow(0ul, null)]
    [DataRow(0xfffful, null)]
    [DataRow(0x1_0000ul, "first")]
    [DataRow(0x1_0ffful, "first")]
    [DataRow(0x1_1000ul, null)]
    [DataRow(0x2_1ffful, "second")]
    [DataRow(0xffff_fffful, null)]
    [DataRow(ulong.MaxValue, "last")]
    public void An_address_is_in_the_module_that_holds_it(ulong address, string? expected) =>
        Assert.AreEqual(expected, new ModuleMap([Last, Second, First]).At(address)?.Name);

    [TestMethod]
    public void Every_address_has_the_module_that_a_search_through_all_finds()
    {
        var random = new Random(1);
        for (int run = 0; run < 200; run++)
        {
            ulong end = 0;
            Module[] modules = [.. Enumerable.Range(0, random.Next(12)).Select(i => Next(random, ref end, i))];
            var map = new ModuleMap([.. modules.OrderBy(_ => random.Next())]);

            for (ulong address = 0; address <= end; address += 0x800)
                Assert.AreEqual(modules.FirstOrDefault(module => module.Contains(address)), map.At(address));
        }
    }

    [TestMethod]
    public void A_module_that_holds_no_byte_hides_none() =>
        Assert.AreEqual(First, new ModuleMap([First, new Module("empty", 0x1_0000, 0)]).At(0x1_0800));

    [TestMethod]
    public void A_base_is_the_first_address_of_a_module()
    {
        var map = new ModuleMap([First, Second]);

        Assert.IsTrue(map.HasBase(Second.Base));
        Assert.IsFalse(map.HasBase(Second.Base + 1));
    }

    private static Module Next(Random random, ref ulong end, int number)
    {
        ulong start = end + (ulong)random.Next(3) * 0x1000;
        var module = new Module($"module{number}", start, (uint)random.Next(1, 4) * 0x1000);
        end = start + module.Size;
        return module;
    }
}

using KCallbacks.Sessions.Kernel;

namespace KCallbacks.Sessions.Tests.Kernel;

/// <summary>Lists of ten entries at 0x10, 0x20, ... with their head at 0x1000, damaged in every way.</summary>
[TestClass]
public sealed class KernelListTests
{
    private const ulong Head = 0x1000;
    private const int Many = 100;

    private readonly Dictionary<ulong, ListLinks> _memory = Sound(10);

    [TestMethod]
    public void A_sound_list_is_walked_in_order()
    {
        KernelList<ulong> list = List(Many);

        CollectionAssert.AreEqual(Entries(1, 10), list.Walk());
        Assert.IsNull(list.BrokenAt);
    }

    [TestMethod]
    public void An_empty_list_has_no_items()
    {
        _memory[Head] = new ListLinks(Head, Head);

        Assert.IsEmpty(List(Many).Walk());
    }

    [TestMethod]
    [DataRow(0, DisplayName = "the head")]
    [DataRow(4)]
    [DataRow(10, DisplayName = "the last entry")]
    public void A_link_that_leads_nowhere_is_told_and_the_rest_found_from_the_other_end(int broken)
    {
        ulong entry = broken == 0 ? Head : Entry(broken);
        _memory[entry] = _memory[entry] with { Forward = 0xdead };
        KernelList<ulong> list = List(Many);

        CollectionAssert.AreEqual(Entries(1, 10), list.Walk());
        Assert.AreEqual(entry, list.BrokenAt);
        Assert.IsTrue(list.IsMended);
    }

    [TestMethod]
    public void A_list_broken_twice_loses_what_lies_between_and_says_so()
    {
        _memory[Entry(3)] = _memory[Entry(3)] with { Forward = 0xdead };
        _memory[Entry(7)] = _memory[Entry(7)] with { Backward = 0xdead };
        KernelList<ulong> list = List(Many);

        CollectionAssert.AreEqual(Entries(1, 3).Concat(Entries(7, 10)).ToArray(), list.Walk());
        Assert.AreEqual(Entry(3), list.BrokenAt);
        Assert.IsFalse(list.IsMended);
    }

    [TestMethod]
    public void A_loop_ends_and_no_item_comes_twice()
    {
        _memory[Entry(6)] = _memory[Entry(6)] with { Forward = Entry(2) };
        KernelList<ulong> list = List(Many);

        CollectionAssert.AreEqual(Entries(1, 10), list.Walk());
        Assert.AreEqual(Entry(6), list.BrokenAt);
    }

    [TestMethod]
    public void A_list_without_end_is_bounded()
    {
        var list = new KernelList<ulong>(Head, new ListLinks(1, 1), entry => (entry, new ListLinks(entry + 2, entry + 2)), Many);

        Assert.IsLessThanOrEqualTo(2 * Many, list.Walk().Count);
        Assert.IsNotNull(list.BrokenAt);
    }

    private static Dictionary<ulong, ListLinks> Sound(int count)
    {
        ulong[] ring = [Head, .. Entries(1, count)];
        return Enumerable.Range(0, ring.Length).ToDictionary(
            i => ring[i], i => new ListLinks(ring[(i + 1) % ring.Length], ring[(i + ring.Length - 1) % ring.Length]));
    }

    private KernelList<ulong> List(int most) =>
        new(Head, _memory[Head], entry => _memory.TryGetValue(entry, out ListLinks links) ? (entry, links) : null, most);

    private static ulong Entry(int number) => (ulong)number * 0x10;

    private static ulong[] Entries(int first, int last) => [.. Enumerable.Range(first, last - first + 1).Select(Entry)];
}

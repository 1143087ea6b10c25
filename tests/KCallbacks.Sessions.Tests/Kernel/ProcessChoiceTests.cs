using KCallbacks.Detection.Model;
using KCallbacks.Sessions.Kernel;

namespace KCallbacks.Sessions.Tests.Kernel;

[TestClass]
public sealed class ProcessChoiceTests
{
    [TestMethod]
    [DataRow("all", true, true)]
    [DataRow("ffff800000001000", true, true)]
    [DataRow("ffff800000002000", false, false)]
    [DataRow("1400", true, false)]
    [DataRow("editor", true, false)]
    [DataRow("1404", false, false)]
    public void A_process_whose_id_is_not_known_is_meant_by_its_address_alone(string choice, bool withId, bool withoutId)
    {
        var known = new ProcessBlock(new ProcessIdentity(0xffff_8000_0000_1000, 0x1400, "editor.exe"), null, null);

        Assert.AreEqual(withId, ProcessChoice.Parse(choice).Means(known));
        Assert.AreEqual(withoutId, ProcessChoice.Parse(choice).Means(known with { Identity = new ProcessIdentity(known.Identity.Address) }));
    }

    private static readonly ProcessBlock[] Processes =
    [
        Process(4, "System"),
        Process(0x9400, "browser.exe"),
        Process(0x1234, "cafe.exe"),
        Process(0x1238, "cafe.exe"),
        Process(0x2000, "LongestNameTha"),
    ];

    [TestMethod]
    [DataRow("all", "4 9400 1234 1238 2000")]
    [DataRow("4", "4")]
    [DataRow("9400", "9400")]
    [DataRow("0x9400", "9400")]
    [DataRow("0n37888", "9400")]
    [DataRow("browser.exe", "9400")]
    [DataRow("BROWSER", "9400")]
    [DataRow("cafe", "1234 1238", DisplayName = "a name of hexadecimal digits, two processes")]
    [DataRow("LongestNameThatIsCut.exe", "2000", DisplayName = "the kernel keeps 14 characters")]
    [DataRow("nosuch", "")]
    [DataRow("0x5", "")]
    [DataRow("0nx", "")]
    public void Processes_are_chosen_by_id_or_name(string choice, string ids) =>
        Assert.AreEqual(ids, string.Join(' ', ProcessChoice.Parse(choice).Of(Processes).Select(process => $"{process.Identity.Id:x}")));

    [TestMethod]
    [DataRow("ffffa58610002940", 0xffff_a586_1000_2940ul)]
    [DataRow("0xffffa58610002940", 0xffff_a586_1000_2940ul)]
    [DataRow("ffffa586`10002940", 0xffff_a586_1000_2940ul)]
    [DataRow("9400", null)]
    [DataRow("all", null)]
    public void An_address_of_the_kernel_is_an_eprocess(string choice, ulong? address) =>
        Assert.AreEqual(address, ProcessChoice.Parse(choice).Address);

    private static ProcessBlock Process(uint id, string name) => new(new ProcessIdentity(0xffff_8000_0000_0000 + id, id, name), 0, 0);
}

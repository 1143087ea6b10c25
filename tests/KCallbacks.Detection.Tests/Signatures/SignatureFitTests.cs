using KCallbacks.Detection.Signatures;

namespace KCallbacks.Detection.Tests.Signatures;

/// <summary>A partial bucket stands under a full one only where all that it knows is the same.</summary>
[TestClass]
public sealed class SignatureFitTests
{
    [TestMethod]
    [DataRow("kc1|wndproc|?|app")]
    [DataRow("kc1|wndproc|lock|?")]
    [DataRow("kc1|?|lock|app")]
    [DataRow("kc1|*|lock|app")]
    [DataRow("kc1|*/wndproc|lock|app")]
    [DataRow("kc1|*/?|lock|?")]
    [DataRow("kc1|wndproc|?|?")]
    public void A_part_that_is_not_known_fits_any(string partial)
    {
        Assert.IsTrue(SignatureFit.IsPartial(partial));
        Assert.IsTrue(SignatureFit.Fits(partial, "kc1|wndproc|lock|app"));
    }

    [TestMethod]
    [DataRow("kc1|hook|?|app", DisplayName = "another callback")]
    [DataRow("kc1|wndproc|?|other", DisplayName = "another module")]
    [DataRow("kc1|?|object|app", DisplayName = "another wait")]
    [DataRow("kc1|?/?|lock|app", DisplayName = "more callbacks")]
    [DataRow("kc1|-|lock|?", DisplayName = "no callback")]
    [DataRow("kc2|wndproc|?|app", DisplayName = "another rule")]
    [DataRow("kc1|*|?|?", DisplayName = "nothing is known")]
    [DataRow("kc1|?|?|?", DisplayName = "how many callbacks there are is not enough")]
    [DataRow("kc1|wndproc|lock|app", DisplayName = "it is full itself")]
    [DataRow("", DisplayName = "it is no signature")]
    public void What_is_known_must_be_the_same(string partial) => Assert.IsFalse(SignatureFit.Fits(partial, "kc1|wndproc|lock|app"));

    [TestMethod]
    [DataRow("*/hook", "wndproc/pump/hook", true)]
    [DataRow("*/hook", "hook", true)]
    [DataRow("*/?/hook", "hook", false)]
    [DataRow("wndproc/*/hook", "wndproc/pump/hook", true)]
    [DataRow("wndproc/*/hook", "pump/hook", false)]
    [DataRow("*", "-", true)]
    [DataRow("-", "-", true)]
    [DataRow("*/wndproc...", "wndproc...", true)]
    public void A_chain_may_have_gaps(string known, string whole, bool isSame) =>
        Assert.AreEqual(isSame, SignatureFit.Agree($"kc1|{known}|lock|app", $"kc1|{whole}|lock|app"));

    [TestMethod]
    public void Agreeing_is_mutual()
    {
        var random = new Random(3);
        for (int i = 0; i < 5000; i++)
        {
            (string one, string other) = (Random(random), Random(random));

            Assert.AreEqual(SignatureFit.Agree(one, other), SignatureFit.Agree(other, one), $"{one} {other}");
        }
    }

    private static string Random(Random random)
    {
        string[] callbacks = ["wndproc", "hook", "?", "*"];
        string chain = string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => callbacks[random.Next(callbacks.Length)]));
        return $"kc1|{chain}|{(random.Next(2) == 0 ? "?" : "lock")}|{(random.Next(2) == 0 ? "?" : "app")}";
    }
}

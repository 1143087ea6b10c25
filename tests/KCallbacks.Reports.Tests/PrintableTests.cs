using KCallbacks.Reports.Markup;

namespace KCallbacks.Reports.Tests;

/// <summary>What no text of the target may do to a terminal.</summary>
[TestClass]
public sealed class PrintableTests
{
    [TestMethod]
    [DataRow("\u001b[31m", @"\x1b[31m")]
    [DataRow("a\r\nb\tc", @"a\x0d\x0ab\x09c")]
    [DataRow("\u0085\u009b", @"\x85\x9b")]
    [DataRow("\u202e\u2066", @"\u202e\u2066")]
    [DataRow("\u200b\ufeff\u2060", @"\u200b\ufeff\u2060")]
    [DataRow("\u2028\u2029", @"\u2028\u2029")]
    [DataRow("\U000e0041\U000e007f", @"\U000e0041\U000e007f", DisplayName = "tags beyond the BMP")]
    [DataRow("\U0001d173", @"\U0001d173", DisplayName = "format characters beyond the BMP")]
    [DataRow("\U000e0100\ufe0f", @"\U000e0100\ufe0f", DisplayName = "variation selectors")]
    [DataRow("\u3164\u115f\u034f", @"\u3164\u115f\u034f", DisplayName = "invisible letters")]
    public void A_character_that_cannot_be_seen_is_spelled_out(string text, string expected) => Assert.AreEqual(expected, Printable.Of(text));

    [TestMethod]
    public void Half_a_character_is_spelled_out()
    {
        Assert.AreEqual(@"\ud800x", Printable.Of((char)0xd800 + "x"));
        Assert.AreEqual(@"x\udc00", Printable.Of("x" + (char)0xdc00));
    }

    [TestMethod]
    [DataRow("app!\u00fcbung\u51fd\u6570")]
    [DataRow("\U0001f600 \U00020000")]
    [DataRow("C:\\folder\\new")]
    [DataRow("")]
    public void What_can_be_seen_stays(string text) => Assert.AreEqual(text, Printable.Of(text));

    [TestMethod]
    public void Harmless_text_is_left_as_it_is()
    {
        var random = new Random(5);
        for (int run = 0; run < 5_000; run++)
        {
            char[] text = new char[random.Next(30)];
            for (int i = 0; i < text.Length; i++)
                text[i] = (char)random.Next(0x10000);
            string harmless = Printable.Of(new string(text));

            Assert.AreEqual(harmless, Printable.Of(harmless));
            Assert.IsFalse(harmless.Any(c => char.IsControl(c)));
        }
    }
}

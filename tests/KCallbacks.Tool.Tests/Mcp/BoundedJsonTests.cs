using System.Text.Json;
using System.Text.Json.Nodes;
using KCallbacks.Tool.Mcp;

namespace KCallbacks.Tool.Tests.Mcp;

/// <summary>Whatever a dump makes of an answer, a client gets what the schema names, and no more than there is room for.</summary>
[TestClass]
public sealed class BoundedJsonTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse("""
        {
          "properties": {
            "name": { "type": "string", "maxLength": 20 },
            "items": { "type": "array", "maxItems": 3, "items": { "$ref": "#/$defs/item" } },
            "itemsLeftOut": { "type": "integer" }
          },
          "$defs": { "item": { "properties": { "text": { "type": ["string", "null"] }, "many": { "type": "array", "items": { "type": "string" } } } } }
        }
        """).RootElement;

    [TestMethod]
    public void A_member_that_the_schema_does_not_name_is_not_there() =>
        Assert.AreEqual("""{"name":"a","itemsLeftOut":0}""", Bounded("""{"sentence":"do this","name":"a","deep":{"name":"b"}}"""));

    [TestMethod]
    [DataRow("12345678901234567890", "12345678901234567890")]
    [DataRow("123456789012345678901", "12345678901234567...")]
    [DataRow("a\u0007b\u202ec\n", @"a\x07b\u202ec\x0a")]
    [DataRow("\u0001\u0002\u0003\u0004\u0005\u0006", @"\x01\x02\x03\x04\...")]
    [DataRow("\U000e0041\U000e0042\U000e0043", @"\U000e0041\U000e0...")]
    public void A_text_is_short_and_all_of_it_shows(string text, string wanted)
    {
        string name = BoundedJson.Harmless(text, longest: 20);

        Assert.AreEqual(wanted, name);
        Assert.IsLessThanOrEqualTo(20, name.Length);
    }

    [TestMethod]
    public void Items_beyond_the_limit_are_counted_in_whatever_depth() => Assert.AreEqual(
        """{"items":[{"text":null},{"text":"b"},{"many":["c"]}],"itemsLeftOut":2}""",
        Bounded("""{"items":[{"text":null},{"text":"b"},{"many":["c"]},{"text":"d"},{"text":"e"}]}"""));

    [TestMethod]
    public void No_item_is_begun_when_the_answer_is_full()
    {
        string many = string.Join(',', Enumerable.Repeat($"\"{new string('x', 150)}\"", 10_000));

        string answer = Bounded($$"""{"items":[{"many":[{{many}}]},{"text":"y"}]}""");

        Assert.IsLessThan(51_000, answer.Length);
        JsonNode items = JsonNode.Parse(answer)!["items"]!;
        Assert.AreEqual(10_001 - items[0]!["many"]!.AsArray().Count, JsonNode.Parse(answer)!["itemsLeftOut"]!.GetValue<int>());
    }

    [TestMethod]
    public void What_was_left_out_before_is_counted_too() =>
        Assert.AreEqual("""{"itemsLeftOut":7}""", BoundedJson.Of(new ToolAnswer("{}", LeftOut: 7), Schema));

    private static string Bounded(string answer) => BoundedJson.Of(new ToolAnswer(answer), Schema);
}

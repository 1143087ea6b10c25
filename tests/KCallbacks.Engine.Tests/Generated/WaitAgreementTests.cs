using System.Text.Json.Nodes;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Windows;

namespace KCallbacks.Engine.Tests.Generated;

/// <summary>Extension and tool say the same of the same dump: result, edges, circles and heads.</summary>
[TestClass]
public sealed class WaitAgreementTests
{
    private static readonly string[] Fields = ["result", "findings", "waits", "deadlocks", "heads"];

    public static IEnumerable<object[]> Plans => WaitCases.Of(WindowsLayout.Windows10).Concat(WaitCases.Of(WindowsLayout.Windows7)).Select(plan => new object[] { plan.Name });

    [TestMethod]
    [DynamicData(nameof(Plans))]
    public void Edges_and_conclusions_are_the_same(string name)
    {
        DumpPlan plan = WaitCases.All.Single(plan => plan.Name == name);
        (_, EngineProcess opened) = GeneratedSession.Open(plan);
        using EngineProcess engine = opened;
        engine.Run("!kcallbacks"); // loads the symbols and says what is wrong with them

        JsonNode ofEngine = JsonNode.Parse(JsonOf(engine.Run("!kcallbacks -json")))!;
        JsonNode ofTool = JsonNode.Parse(ToolText.Of("analyze", "--json", FixtureFolder.OfRepository.Generate(plan).Path))!;

        foreach (string field in Fields)
            Assert.AreEqual(Known(ofEngine[field]!), Known(ofTool[field]!), field);
    }

    /// <summary>Names are the exports' in both, so even the text is the same but for what to type next.</summary>
    [TestMethod]
    [DataRow("waits-window-exports-win10", "-width 100")]
    [DataRow("waits-window-exports-win10", "-w")]
    [DataRow("waits-ring-3-exports-win10", "-width 80")]
    [DataRow("waits-window-exports-win7", "-width 100")]
    public void The_text_is_the_same(string name, string options)
    {
        DumpPlan plan = WaitCases.All.Single(plan => plan.Name == name);
        using EngineProcess engine = GeneratedSession.Open(plan).Engine;
        engine.Run("!kcallbacks"); // loads the symbols and says what is wrong with them
        string path = FixtureFolder.OfRepository.Generate(plan).Path;
        string[] words = options.StartsWith("-width", StringComparison.Ordinal) ? $"-{options}".Split(' ') : [options, "--width", "100"];

        string ofEngine = engine.Run($"!kcallbacks {options}");
        string ofTool = ToolText.Of(["analyze", .. words, path]);

        Assert.AreEqual(Common(ofEngine), Common(ofTool));
    }

    /// <summary>Without what to type next, which differs, and the signature, which the debugger does not print.</summary>
    private static string Common(string text) =>
        string.Join('\n', text.Split('\n').Where(line => !line.StartsWith("Next: ", StringComparison.Ordinal) && !line.StartsWith("Signature: ", StringComparison.Ordinal) && !line.StartsWith("Clearer with: ", StringComparison.Ordinal))).TrimEnd();

    /// <summary>The engine itself may print before the object.</summary>
    private static string JsonOf(string output) => output[output.IndexOf("{\"schema\"", StringComparison.Ordinal)..];

    /// <summary>Signatures hold names of the program, which only the engine's symbols may give.</summary>
    private static string Known(JsonNode field)
    {
        if (field is JsonObject result)
        {
            result.Remove("signature");
            result.Remove("finerSignature");
        }

        return field.ToJsonString();
    }
}

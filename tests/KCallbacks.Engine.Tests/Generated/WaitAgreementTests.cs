using System.Text.Json.Nodes;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Windows;
using KCallbacks.Tool;

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
        (_, string path) = FixtureFolder.OfRepository.Generate(plan);
        (_, EngineProcess opened) = GeneratedSession.Open(plan);
        using EngineProcess engine = opened;
        engine.Run("!kcallbacks"); // loads the symbols and says what is wrong with them

        JsonNode ofEngine = JsonNode.Parse(engine.Run("!kcallbacks -json"))!;
        JsonNode ofTool = JsonNode.Parse(Run("analyze", "--json", path))!;

        foreach (string field in Fields)
            Assert.AreEqual(Known(ofEngine[field]!), Known(ofTool[field]!), field);
    }

    /// <summary>The signature holds names of the program, which only the engine's symbols may give.</summary>
    private static string Known(JsonNode field)
    {
        if (field is JsonObject result)
            result.Remove("signature");
        return field.ToJsonString();
    }

    private static string Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        new ToolHost(Stream.Null, output, error, TimeProvider.System).Run(arguments);
        return output.ToString();
    }
}

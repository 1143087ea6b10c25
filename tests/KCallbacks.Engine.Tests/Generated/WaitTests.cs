using System.Text.Json;
using KCallbacks.Detection.Waits;
using KCallbacks.Engine.Tests.Engine;
using KCallbacks.EngineHost.Client;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Tool;

namespace KCallbacks.Engine.Tests.Generated;

/// <summary>Who waits for whom in generated dumps: the engine and the tool say the same, and what was generated.</summary>
[TestClass]
public sealed class WaitTests
{
    public static IEnumerable<object[]> Plans => WaitCases.All.Append(WaitCases.Crowd).Select(plan => new object[] { plan });

    public static string NameOf(System.Reflection.MethodInfo method, object[] row) => $"{method.Name} ({((DumpPlan)row[0]).Name})";

    [TestMethod]
    [DynamicData(nameof(Plans), DynamicDataDisplayName = nameof(NameOf))]
    public void The_engine_and_the_tool_say_who_waits_for_whom(DumpPlan plan)
    {
        (_, EngineProcess opened) = GeneratedSession.Open(plan);
        using EngineProcess engine = opened;

        string output = engine.Run("!kcallbacks -json");
        string[] byEngine = WaitsIn(output[output.IndexOf("{\"schema\"", StringComparison.Ordinal)..]);
        string[] byTool = WaitsIn(ToolOutput("analyze", FixtureFolder.OfRepository.Generate(plan).Path, "--json"));

        CollectionAssert.AreEqual(ExpectedOf(plan), byEngine.Select(WithoutEvidence).ToArray(), "engine");
        CollectionAssert.AreEqual(byEngine, byTool, "tool");
    }

    /// <summary>One line per wait of one object, owners and evidence included.</summary>
    private static string[] WaitsIn(string json) =>
    [
        .. from thread in JsonDocument.Parse(json).RootElement.GetProperty("threads").EnumerateArray()
           from wait in thread.GetProperty("waitsFor").EnumerateArray()
           let owners = string.Join(',', wait.GetProperty("owners").EnumerateArray().Select(owner => owner.GetProperty("systemId").GetUInt32()))
           let evidence = string.Join("; ", wait.GetProperty("evidence").EnumerateArray().Select(item => item.GetString()))
           select $"{thread.GetProperty("position")} {owners} {wait.GetProperty("proof")}|{wait.GetProperty("kind")} {wait.GetProperty("address")} {wait.GetProperty("handle")} {wait.GetProperty("ownerUnknownReason")}: {evidence}",
    ];

    private static string ToolOutput(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        _ = new ToolHost(Stream.Null, output, TextWriter.Null, TimeProvider.System).Run(arguments);
        return output.ToString();
    }

    private static string WithoutEvidence(string wait) => wait[..wait.IndexOf('|', StringComparison.Ordinal)];

    private static string[] ExpectedOf(DumpPlan plan) =>
        [.. plan.ExpectedWaits.OrderBy(wait => wait.Thread).Select(wait => $"{wait.Thread} {wait.Owner} {WordOf(wait.Proof)}")];

    private static string WordOf(WaitProof proof) => proof switch
    {
        WaitProof.Certain => "certain",
        WaitProof.Likely => "likely",
        _ => "unknown",
    };
}

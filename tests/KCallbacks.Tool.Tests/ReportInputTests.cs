using System.Text.Json.Nodes;
using KCallbacks.Fixtures;
using KCallbacks.Fixtures.Cases;
using KCallbacks.Fixtures.Windows;

namespace KCallbacks.Tool.Tests;

/// <summary>JSON reports as inputs: what a report says of a dump it says again when it is read back.</summary>
[TestClass]
public sealed class ReportInputTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kcallbacks").FullName;

    public static IEnumerable<object[]> Plans =>
        UserCases.All.Concat(WaitCases.Of(WindowsLayout.Windows10)).Concat(WaitCases.Of(WindowsLayout.Windows7)).Select(plan => new object[] { plan.Name });

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DynamicData(nameof(Plans))]
    public void Every_dump_is_told_again_as_it_was(string name)
    {
        var plan = UserCases.All.Concat(WaitCases.Of(WindowsLayout.Windows10)).Concat(WaitCases.Of(WindowsLayout.Windows7)).First(plan => plan.Name == name);

        AssertToldAgain(FixtureFolder.OfRepository.Generate(plan).Path);
    }

    [TestMethod]
    public void Every_text_is_told_again_as_it_was()
    {
        string[] texts = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "corpus"), "*.txt");

        Assert.IsNotEmpty(texts);
        foreach (string text in texts)
            AssertToldAgain(text, "signature", "bucket", "finerSignature"); // frames without modules, which a report does not have
    }

    private void AssertToldAgain(string input, params string[] but)
    {
        ToolRun told = ToolRun.Of("analyze", input, "--json");
        string path = Path.Combine(_folder, "report.json");
        File.WriteAllText(path, told.Output);

        ToolRun again = ToolRun.Of("analyze", path, "--json");

        Assert.AreEqual(told.Code, again.Code, $"{input}: {again.Error}");
        Assert.AreEqual(Compared(told.Output, but), Compared(again.Output, but), input);
    }

    private static string Compared(string json, string[] but)
    {
        JsonNode report = JsonNode.Parse(json)!;
        report["source"]!["path"] = null;
        foreach (string member in but)
            report["result"]![member] = null;
        return report.ToJsonString();
    }
}

using System.Xml.Linq;

namespace KCallbacks.Architecture.Tests;

/// <summary>The table of docs/architecture.md, held against the project files.</summary>
[TestClass]
public sealed class LayerTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Detection"] = [],
        ["Scanning"] = ["Detection"],
        ["Managed"] = ["Detection", "Scanning"],
        ["Recordings"] = ["Detection"],
        ["PrintedStacks"] = ["Detection", "Recordings"],
        ["Reports"] = ["Detection"],
        ["Dumps"] = ["Detection", "Scanning"],
        ["Triage"] = ["Detection", "Reports"],
        ["DbgEng"] = [],
        ["Sessions"] = ["Detection", "DbgEng", "Managed", "Scanning"],
        ["Extension"] = ["Detection", "Scanning", "DbgEng", "Sessions", "Recordings", "Reports"],
        ["ReportModel"] = [],
        ["DbgX"] = ["ReportModel"],
        ["DbgX.Sample"] = ["DbgX", "ReportModel"],
        ["Tool"] = ["Detection", "Scanning", "Managed", "PrintedStacks", "Recordings", "Dumps", "Reports", "Triage"],
    };

    public static IEnumerable<object[]> Projects =>
        Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(file => new object[] { Path.GetFileNameWithoutExtension(file).Replace("KCallbacks.", ""), file });

    [TestMethod]
    [DynamicData(nameof(Projects))]
    public void A_project_references_only_the_layers_below_it(string name, string file)
    {
        Assert.IsTrue(Allowed.TryGetValue(name, out string[]? allowed), $"{name} is not in the table of docs/architecture.md.");

        string[] forbidden = ReferencesOf(file).Except(allowed).ToArray();

        Assert.IsEmpty(forbidden, $"{name} must not reference {string.Join(", ", forbidden)}.");
    }

    [TestMethod]
    public void The_detection_engine_references_no_package() =>
        Assert.IsEmpty(XDocument.Load(Path.Combine(SourceTree.Root, "src/KCallbacks.Detection/KCallbacks.Detection.csproj")).Descendants("PackageReference"));

    private static IEnumerable<string> ReferencesOf(string projectFile) =>
        XDocument.Load(projectFile).Descendants("ProjectReference")
            .Select(reference => (string)reference.Attribute("Include")!)
            .Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')).Replace("KCallbacks.", ""));
}

using System.Text.Json;
using KCallbacks.Build.Packaging;

namespace KCallbacks.Build.Tests;

[TestClass]
public sealed class BillOfMaterialsTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kcallbacks").FullName;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Every_package_of_the_lock_files_is_in_it_once()
    {
        using JsonDocument bill = Write(Repository.Containing(AppContext.BaseDirectory).LockFilesOfReleased);

        Assert.AreEqual("CycloneDX", bill.RootElement.GetProperty("bomFormat").GetString());
        string[] urls = [.. Components(bill).Select(component => component.GetProperty("purl").GetString()!)];
        CollectionAssert.AllItemsAreUnique(urls);
        Assert.IsTrue(urls.Any(url => url.StartsWith("pkg:nuget/System.CommandLine@", StringComparison.Ordinal)), string.Join(' ', urls));
        Assert.IsTrue(urls.Any(url => url.StartsWith("pkg:nuget/Microsoft.DotNet.ILCompiler@", StringComparison.Ordinal)), string.Join(' ', urls));
    }

    [TestMethod]
    public void Dependencies_lead_to_components()
    {
        string lockFile = Path.Combine(_folder, "packages.lock.json");
        File.WriteAllText(lockFile, """
            {"version":2,"dependencies":{"net10.0":{
            "Outer":{"type":"Direct","requested":"[1.0.0, )","resolved":"1.0.0","contentHash":"aa==","dependencies":{"Inner":"2.0.0","Absent":"1.0.0"}},
            "inner":{"type":"Transitive","resolved":"2.0.1","contentHash":"bb=="},
            "kcallbacks.detection":{"type":"Project"}}}}
            """);

        using JsonDocument bill = Write([lockFile]);

        Assert.AreEqual("Outer inner", string.Join(' ', Components(bill).Select(component => component.GetProperty("name").GetString())));
        Assert.AreEqual("pkg:nuget/Outer@1.0.0", DependenciesOf(bill, "kcallbacks").Single());
        Assert.AreEqual("pkg:nuget/inner@2.0.1", DependenciesOf(bill, "pkg:nuget/Outer@1.0.0").Single());
    }

    private JsonDocument Write(IReadOnlyList<string> lockFiles) =>
        JsonDocument.Parse(File.ReadAllBytes(new BillOfMaterials(new Version(1, 2, 3), lockFiles).WriteTo(_folder)));

    private static JsonElement.ArrayEnumerator Components(JsonDocument bill) => bill.RootElement.GetProperty("components").EnumerateArray();

    private static string?[] DependenciesOf(JsonDocument bill, string component) =>
    [
        .. bill.RootElement.GetProperty("dependencies").EnumerateArray()
            .Single(dependency => dependency.GetProperty("ref").GetString() == component)
            .GetProperty("dependsOn").EnumerateArray().Select(url => url.GetString()),
    ];
}

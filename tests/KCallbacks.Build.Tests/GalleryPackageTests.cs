using System.IO.Compression;
using System.Security.Cryptography;
using System.Xml.Linq;
using KCallbacks.Build.Packaging;
using KCallbacks.Build.Verbs;

namespace KCallbacks.Build.Tests;

[TestClass]
public sealed class GalleryPackageTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kcallbacks").FullName;

    private string Library => Path.Combine(_folder, "kcallbacks.dll");

    [TestInitialize]
    public void MakeLibrary() => File.WriteAllText(Library, "a library");

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void The_tree_is_that_of_the_debugger_s_folder()
    {
        using ZipArchive zip = ZipFile.OpenRead(PackageOf("amd64").WriteTo(_folder));

        string version = typeof(Package).Assembly.GetName().Version!.ToString();
        CollectionAssert.AreEquivalent(
            new[]
            {
                "UserExtensions/KernelCallbacks/KernelCallbacks.xml",
                $"UserExtensions/KernelCallbacks/{version}/amd64/kcallbacks.dll",
                $"UserExtensions/KernelCallbacks/{version}/amd64/kcallbacks.alz",
                $"UserExtensions/KernelCallbacks/{version}/scripts/kcallbacks.js",
                "SHA256SUMS",
            },
            zip.Entries.Select(entry => entry.FullName).ToArray());
    }

    [TestMethod]
    [DataRow("amd64")]
    [DataRow("amd64", "arm64")]
    public void The_manifest_names_the_architectures_that_were_built_and_the_version(params string[] architectures)
    {
        using ZipArchive zip = ZipFile.OpenRead(PackageOf(architectures).WriteTo(_folder));
        using Stream stream = zip.GetEntry("UserExtensions/KernelCallbacks/KernelCallbacks.xml")!.Open();
        XElement manifest = XElement.Load(stream);

        CollectionAssert.AreEqual(architectures, manifest.Descendants("File").Select(file => (string)file.Attribute("Architecture")!).ToArray());
        Assert.AreEqual(typeof(Package).Assembly.GetName().Version!.ToString(), manifest.Descendants("Version").Single().Value);
    }

    [TestMethod]
    public void The_checksums_are_those_of_the_files_and_the_same_for_the_same_input()
    {
        var programs = new ReleasedPrograms(new Dictionary<string, string> { ["amd64"] = Library });
        var repository = Repository.Containing(AppContext.BaseDirectory);
        string zip = Package.Write(repository, programs, Path.Combine(_folder, "one"));
        Package.Write(repository, programs, Path.Combine(_folder, "two"));

        string[] sums = File.ReadAllLines(Path.Combine(_folder, "one", "SHA256SUMS"));
        Assert.AreEqual($"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(zip)))}  {Path.GetFileName(zip)}", sums[0]);
        CollectionAssert.AreEqual(sums, File.ReadAllLines(Path.Combine(_folder, "two", "SHA256SUMS")));
    }

    private GalleryPackage PackageOf(params string[] architectures) =>
        Package.PackageOf(Repository.Containing(AppContext.BaseDirectory), new ReleasedPrograms(architectures.ToDictionary(architecture => architecture, _ => Library)));
}

using System.IO.Compression;
using System.Security.Cryptography;
using KCallbacks.Build.Packaging;
using YamlDotNet.RepresentationModel;

namespace KCallbacks.Build.Tests.Outside;

/// <summary>The manifest for Windows' package manager, as that would read it.</summary>
[TestClass]
public sealed class WingetManifestTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("winget").FullName;

    [TestCleanup]
    public void Clean() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void It_names_the_program_in_the_zip_and_the_zip_s_checksum()
    {
        string zip = Path.Combine(_folder, "kcallbacks-1.2.3.zip");
        using (ZipArchive archive = ZipFile.Open(zip, ZipArchiveMode.Create))
            archive.CreateEntry("kcallbacks.exe");

        new WingetManifest(zip, "https://example.org/v1.2.3/", new Version(1, 2, 3, 0)).WriteTo(_folder);

        YamlMappingNode installer = Yaml.Read(Path.Combine(_folder, "kcallbacks.kcallbacks.installer.yaml"));
        Assert.AreEqual("zip", installer.Text("InstallerType"));
        Assert.AreEqual("portable", installer.Text("NestedInstallerType"));
        using ZipArchive again = ZipFile.OpenRead(zip);
        Assert.IsNotNull(again.GetEntry(installer.List("NestedInstallerFiles").Single().Text("RelativeFilePath")!));
        YamlNode download = installer.List("Installers").Single();
        Assert.AreEqual("https://example.org/v1.2.3/kcallbacks-1.2.3.zip", download.Text("InstallerUrl"));
        Assert.AreEqual(Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(zip))), download.Text("InstallerSha256"));
    }

    [TestMethod]
    public void Its_three_files_are_of_one_package()
    {
        string zip = Path.Combine(_folder, "kcallbacks-1.2.3.zip");
        File.WriteAllText(zip, "");

        new WingetManifest(zip, "https://example.org", new Version(1, 2, 3, 0)).WriteTo(_folder);

        YamlMappingNode[] files = [.. Directory.EnumerateFiles(_folder, "*.yaml").Select(Yaml.Read)];
        CollectionAssert.AreEquivalent((string[])["version", "defaultLocale", "installer"], files.Select(file => file.Text("ManifestType")).ToArray());
        Assert.HasCount(1, files.Select(file => (file.Text("PackageIdentifier"), file.Text("PackageVersion"), file.Text("ManifestVersion"))).Distinct());
        Assert.AreEqual("1.2.3", files[0].Text("PackageVersion"));
    }
}

using System.IO.Compression;
using System.Security.Cryptography;

namespace KCallbacks.Tool.Tests;

/// <summary>Packages that would do harm, and installs that cannot be finished: whatever happens, what was installed stays as it was.</summary>
[TestClass]
public sealed class InstallSafetyTests
{
    private const string Tree = "UserExtensions/KernelCallbacks/";
    private const string Library = "0.1.0.0/amd64/kcallbacks.dll";
    private const string Manifest = """
        <ExtensionPackages Version="1.0.0.0" Compression="none"><ExtensionPackage><Name>KernelCallbacks</Name><Version>0.1.0.0</Version>
        <Components><BinaryComponent Name="kcallbacks" Type="Engine"><Files><File Architecture="amd64" Module="\amd64\kcallbacks.dll" FilePathKind="RepositoryRelative" /></Files></BinaryComponent></Components>
        </ExtensionPackage></ExtensionPackages>
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("kcallbacks").FullName;

    private string Folder => Path.Combine(_root, "Dbg");

    private string Package => Path.Combine(Folder, "UserExtensions", "KernelCallbacks");

    private string Zip => Path.Combine(_root, "kcallbacks-0.1.0.zip");

    private string OldLibrary => Path.Combine(Package, "0.0.9.0", "kcallbacks.dll");

    [TestInitialize]
    public void InstallOldVersion()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(OldLibrary)!);
        File.WriteAllText(OldLibrary, "old");
    }

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_root, recursive: true);

    [TestMethod]
    [DataRow("/kcallbacks-evil/x.dll", DisplayName = "rooted")]
    [DataRow("//server/share/x.dll", DisplayName = "a server")]
    [DataRow("C:/x.dll", DisplayName = "a drive")]
    [DataRow("C:x.dll", DisplayName = "a drive's current folder")]
    [DataRow("\\x.dll", DisplayName = "rooted for Windows")]
    [DataRow("..\\..\\x.dll", DisplayName = "further up for Windows")]
    [DataRow("../x.dll", DisplayName = "further up")]
    [DataRow("a/../../x.dll", DisplayName = "down and up")]
    [DataRow("a/./x.dll", DisplayName = "this folder")]
    [DataRow("a//x.dll", DisplayName = "an empty name")]
    [DataRow("NUL", DisplayName = "a device")]
    [DataRow("0.1.0.0/com1.dll", DisplayName = "a device with an extension")]
    [DataRow("lpt\u00b9", DisplayName = "a device with a raised digit")]
    [DataRow("aux .txt", DisplayName = "a device with a blank")]
    [DataRow("kcallbacks.dll:evil", DisplayName = "a stream of a file")]
    [DataRow("kcallbacks.dll::$DATA", DisplayName = "the stream of a file")]
    [DataRow("x.dll.", DisplayName = "a dot that Windows drops")]
    [DataRow("x.dll ", DisplayName = "a blank that Windows drops")]
    [DataRow("x\u0001.dll", DisplayName = "a control character")]
    public void An_entry_that_is_no_plain_name_is_refused(string name)
    {
        MakePackage((Tree + "KernelCallbacks.xml", Manifest), (Tree + Library, "new"), (Tree + name, "evil"));

        AssertRefused("is no plain file name");
    }

    [TestMethod]
    [DataRow(0xa1ff << 16, DisplayName = "a symbolic link of Unix")]
    [DataRow(0x2000 << 16, DisplayName = "a character device of Unix")]
    [DataRow(0x400, DisplayName = "a reparse point of Windows")]
    public void A_link_is_refused(int attributes)
    {
        MakePackage(zip =>
        {
            Add(zip, Tree + "KernelCallbacks.xml", Manifest);
            Add(zip, Tree + Library, "/etc/passwd").ExternalAttributes = attributes;
        });

        AssertRefused("is a link or a device");
    }

    [TestMethod]
    public void A_name_that_is_there_twice_is_refused()
    {
        MakePackage((Tree + "KernelCallbacks.xml", Manifest), (Tree + Library, "new"), (Tree + Library.ToUpperInvariant(), "other"));

        AssertRefused("is there twice");
    }

    [TestMethod]
    public void What_is_no_zip_is_refused_although_its_checksum_is_right()
    {
        File.WriteAllText(Zip, "hello");
        WriteChecksum();

        AssertRefused("is no zip that can be read");
    }

    [TestMethod]
    public void A_package_without_its_library_is_refused()
    {
        MakePackage((Tree + "KernelCallbacks.xml", Manifest));

        AssertRefused("kcallbacks.dll is missing");
    }

    [TestMethod]
    [DataRow("<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><ExtensionPackages>&b;</ExtensionPackages>", DisplayName = "entities")]
    [DataRow("deep", DisplayName = "a hundred thousand elements within each other")]
    [DataRow("large", DisplayName = "two million characters")]
    public void A_manifest_that_would_cost_too_much_is_refused(string manifest)
    {
        string xml = manifest switch
        {
            "deep" => string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000)),
            "large" => $"<ExtensionPackages>{new string('x', 2_000_000)}</ExtensionPackages>",
            _ => manifest,
        };
        MakePackage((Tree + "KernelCallbacks.xml", xml), (Tree + Library, "new"));

        AssertRefused("is no manifest of KernelCallbacks");
    }

    [TestMethod]
    public void A_zip_with_folders_listed_is_installed()
    {
        MakePackage(("UserExtensions/", ""), (Tree, ""), (Tree + "0.1.0.0/", ""), (Tree + "KernelCallbacks.xml", Manifest), (Tree + Library, "new"));

        Assert.AreEqual(ExitCode.Fine, Install().Code);
    }

    [TestMethod]
    public void A_locked_package_stays_as_it_was()
    {
        MakeGoodPackage();
        using (new FileStream(OldLibrary, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            AssertRefused("nothing was changed", read: false);

        Assert.AreEqual("old", File.ReadAllText(OldLibrary));
        Assert.AreEqual(ExitCode.Fine, Install().Code);
    }

    [TestMethod]
    public void Two_installs_exclude_each_other()
    {
        MakeGoodPackage();
        string lockFile = Path.Combine(Folder, "UserExtensions", ".KernelCallbacks.lock");
        using (new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose))
            AssertRefused("Another install or uninstall is at work");

        Assert.AreEqual(ExitCode.Fine, Install().Code);
    }

    [TestMethod]
    public void Many_installs_at_once_leave_one_whole_package()
    {
        MakeGoodPackage();

        ToolRun[] runs = [.. Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).Select(_ => Install())];

        Assert.IsTrue(runs.Any(run => run.Code == ExitCode.Fine));
        Assert.IsTrue(runs.All(run => run.Code == ExitCode.Fine || run.Error.Contains("at work", StringComparison.Ordinal)), string.Concat(runs.Select(run => run.Error)));
        AssertIsNew();
    }

    [TestMethod]
    public void What_an_install_left_that_was_ended_is_put_right()
    {
        MakeGoodPackage();
        Directory.Move(Package, Path.Combine(Folder, "UserExtensions", ".KernelCallbacks.old"));
        Directory.CreateDirectory(Path.Combine(Folder, "UserExtensions", ".KernelCallbacks.new", "half"));

        Assert.AreEqual(ExitCode.Fine, Install().Code);

        AssertIsNew();
    }

    [TestMethod]
    public void A_refused_package_is_no_reason_to_make_folders()
    {
        Directory.Delete(Folder, recursive: true);
        MakePackage((Tree + "../x", "evil"));

        Assert.AreEqual(ExitCode.InputError, Install().Code);

        Assert.IsFalse(Directory.Exists(Folder));
    }

    [TestMethod]
    public void A_read_only_file_of_the_old_version_is_replaced()
    {
        MakeGoodPackage();
        File.SetAttributes(OldLibrary, FileAttributes.ReadOnly);

        Assert.AreEqual(ExitCode.Fine, Install().Code);

        AssertIsNew();
    }

    private ToolRun Install() => ToolRun.Of("install", Zip, "--into", Folder);

    private void AssertRefused(string message, bool read = true)
    {
        ToolRun run = Install();

        Assert.AreEqual(ExitCode.InputError, run.Code, run.Output);
        Assert.Contains(message, run.Error);
        Assert.HasCount(1, run.Error.TrimEnd().Split('\n'), run.Error);
        if (read)
            Assert.AreEqual("old", File.ReadAllText(OldLibrary));
        CollectionAssert.AreEqual(new[] { OldLibrary }, Directory.GetFiles(Package, "*", SearchOption.AllDirectories));
        CollectionAssert.AreEqual(new[] { Package }, Directory.GetDirectories(Path.Combine(Folder, "UserExtensions")));
    }

    private void AssertIsNew()
    {
        Assert.AreEqual("new", File.ReadAllText(Path.Combine(Package, Library)));
        Assert.IsFalse(File.Exists(OldLibrary));
        CollectionAssert.AreEqual(new[] { Package }, Directory.GetFileSystemEntries(Path.Combine(Folder, "UserExtensions")));
    }

    private void MakeGoodPackage() => MakePackage((Tree + "KernelCallbacks.xml", Manifest), (Tree + Library, "new"));

    private void MakePackage(params (string Name, string Content)[] files) => MakePackage(zip =>
    {
        foreach ((string name, string content) in files)
            Add(zip, name, content);
    });

    private void MakePackage(Action<ZipArchive> fill)
    {
        using (ZipArchive zip = ZipFile.Open(Zip, ZipArchiveMode.Create))
            fill(zip);
        WriteChecksum();
    }

    private void WriteChecksum() => File.WriteAllText(
        Path.Combine(_root, "SHA256SUMS"),
        $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Zip)))}  {Path.GetFileName(Zip)}\n");

    private static ZipArchiveEntry Add(ZipArchive zip, string name, string content)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name);
        using var writer = new StreamWriter(entry.Open());
        writer.Write(content);
        return entry;
    }
}

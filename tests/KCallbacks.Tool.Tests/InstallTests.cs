using System.IO.Compression;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using KCallbacks.Tool.Install;

namespace KCallbacks.Tool.Tests;

/// <summary>Installing into a folder that stands in for <c>%LOCALAPPDATA%\Dbg</c>.</summary>
[TestClass]
public sealed class InstallTests
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

    private string Zip => Path.Combine(_root, "kcallbacks-0.1.0.zip");

    private string InstalledLibrary => Path.Combine(Folder, "UserExtensions", "KernelCallbacks", "0.1.0.0", "amd64", "kcallbacks.dll");

    [TestInitialize]
    public void MakePackage() => MakePackage((Tree + "KernelCallbacks.xml", Manifest), (Tree + Library, "a library"));

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_root, recursive: true);

    [TestMethod]
    public void Install_unpacks_the_package_and_says_what_it_did()
    {
        ToolRun run = ToolRun.Of("install", Zip, "--into", Folder);

        Assert.AreEqual(ExitCode.Fine, run.Code, run.Error);
        Assert.AreEqual("a library", File.ReadAllText(InstalledLibrary));
        Assert.Contains($"installed {InstalledLibrary}", run.Output);
    }

    [TestMethod]
    public void Install_replaces_what_an_older_version_left()
    {
        string old = Path.Combine(Folder, "UserExtensions", "KernelCallbacks", "0.0.9.0", "kcallbacks.dll");
        Directory.CreateDirectory(Path.GetDirectoryName(old)!);
        File.WriteAllText(old, "old");

        Assert.AreEqual(ExitCode.Fine, ToolRun.Of("install", Zip, "--into", Folder).Code);

        Assert.IsFalse(File.Exists(old));
        Assert.IsTrue(File.Exists(InstalledLibrary));
    }

    [TestMethod]
    public void A_damaged_package_is_refused_and_nothing_is_changed()
    {
        ToolRun.Of("install", Zip, "--into", Folder);
        File.AppendAllText(Zip, "damage");

        ToolRun run = ToolRun.Of("install", Zip, "--into", Folder);

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.Contains("is damaged: its SHA-256 is", run.Error);
        Assert.IsTrue(File.Exists(InstalledLibrary));
    }

    [TestMethod]
    public void A_package_without_checksum_is_refused()
    {
        File.Delete(Path.Combine(_root, "SHA256SUMS"));

        ToolRun run = ToolRun.Of("install", Zip, "--into", Folder);

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.Contains("There is no SHA256SUMS beside", run.Error);
        Assert.IsFalse(Directory.Exists(Folder));
    }

    [TestMethod]
    [DataRow("elsewhere/kcallbacks.dll")]
    [DataRow("UserExtensions/KernelCallbacks/../../evil.dll")]
    public void A_package_that_would_write_elsewhere_is_refused(string name)
    {
        MakePackage((name, "a library"));

        ToolRun run = ToolRun.Of("install", Zip, "--into", Folder);

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.Contains("is no release of kcallbacks", run.Error);
        Assert.IsEmpty(Directory.GetFiles(_root, "evil.dll", SearchOption.AllDirectories));
    }

    [TestMethod]
    public void Uninstall_leaves_nothing_behind()
    {
        ToolRun.Of("install", Zip, "--into", Folder);

        ToolRun run = ToolRun.Of("uninstall", "--into", Folder);

        Assert.AreEqual(ExitCode.Fine, run.Code, run.Error);
        Assert.Contains("removed ", run.Output);
        Assert.IsFalse(Directory.Exists(Folder));
    }

    [TestMethod]
    public void Uninstall_leaves_what_is_not_ours()
    {
        ToolRun.Of("install", Zip, "--into", Folder);
        string other = Path.Combine(Folder, "UserExtensions", "Other");
        Directory.CreateDirectory(other);

        ToolRun.Of("uninstall", "--into", Folder);

        Assert.IsTrue(Directory.Exists(other));
        Assert.IsFalse(Directory.Exists(Path.GetDirectoryName(Path.GetDirectoryName(InstalledLibrary))));
    }

    [TestMethod]
    public void Uninstall_says_when_nothing_is_installed() =>
        Assert.Contains("Nothing is installed", ToolRun.Of("uninstall", "--into", Folder).Output);

    [TestMethod]
    public void A_library_in_use_is_left_alone_and_its_user_is_named()
    {
        ToolRun.Of("install", Zip, "--into", Folder);
        using IDisposable use = Use(InstalledLibrary);

        foreach (ToolRun run in new[] { ToolRun.Of("install", Zip, "--into", Folder), ToolRun.Of("uninstall", "--into", Folder) })
        {
            Assert.AreEqual(ExitCode.InputError, run.Code);
            Assert.Contains($"in use by", run.Error);
            Assert.Contains($"({Environment.ProcessId})", run.Error);
        }

        Assert.IsTrue(File.Exists(InstalledLibrary));
    }

    [TestMethod]
    public void The_doctor_names_a_library_that_is_none()
    {
        ToolRun.Of("install", Zip, "--into", Folder);

        ToolRun run = ToolRun.Of("doctor", "--into", Folder);

        Assert.AreEqual(ExitCode.InputError, run.Code);
        Assert.Contains($"WRONG {InstalledLibrary} is no library, and the manifest says amd64", run.Output);
        Assert.Contains("ok    the manifest is for version 0.1.0.0", run.Output);
    }

    [TestMethod]
    public void The_doctor_says_how_to_install_what_is_not_installed() =>
        Assert.Contains("Install again: kcallbacks install", ToolRun.Of("doctor", "--into", Folder).Output);

    [TestMethod]
    public void The_doctor_sees_two_manifests()
    {
        ToolRun.Of("install", Zip, "--into", Folder);
        File.Copy(Path.Combine(Folder, Tree, "KernelCallbacks.xml"), Path.Combine(Folder, Tree, "Copy.xml"));

        Assert.Contains("has 2 manifests; the engine wants exactly one", ToolRun.Of("doctor", "--into", Folder).Output);
    }

    [TestMethod]
    public void The_doctor_sees_a_manifest_that_is_no_xml()
    {
        ToolRun.Of("install", Zip, "--into", Folder);
        File.WriteAllText(Path.Combine(Folder, Tree, "KernelCallbacks.xml"), "<ExtensionPackages>");

        Assert.Contains("is no manifest of KernelCallbacks", ToolRun.Of("doctor", "--into", Folder).Output);
    }

    [TestMethod]
    public void The_doctor_sees_a_disabled_gallery()
    {
        ToolRun.Of("install", Zip, "--into", Folder);
        File.WriteAllText(Path.Combine(Folder, "settings.xml"), """<Settings Version="1"><Namespace Name="Extensions"><Setting Name="ExtensionRepository" Type="VT_BSTR" Value="Disable"/></Namespace></Settings>""");

        ToolRun run = ToolRun.Of("doctor", "--into", Folder);

        Assert.Contains("settings.xml sets ExtensionRepository to Disable", run.Output);
        Assert.Contains(".settings save", run.Output);
    }

    [TestMethod]
    [DataRow("kcallbacks.exe")]
    [DataRow("SHA256SUMS")]
    public void What_lies_beside_the_tree_is_for_who_unpacks_the_zip(string beside)
    {
        MakePackage((beside, "beside"), (Tree + "KernelCallbacks.xml", Manifest), (Tree + Library, "a library"));

        Assert.AreEqual(ExitCode.Fine, ToolRun.Of("install", Zip, "--into", Folder).Code);

        Assert.IsTrue(File.Exists(InstalledLibrary));
        Assert.IsEmpty(Directory.GetFiles(Folder, beside, SearchOption.AllDirectories));
    }

    [TestMethod]
    public void What_was_unpacked_is_installed_from_its_folder()
    {
        Unpack();

        using (var release = new UnpackedRelease(Unpacked))
            new Installation(new DebuggerFolder(Folder), TextWriter.Null).Install(release);

        Assert.AreEqual("a library", File.ReadAllText(InstalledLibrary));
    }

    [TestMethod]
    [DataRow("is damaged: its SHA-256 is")]
    [DataRow("is missing")]
    public void What_was_unpacked_and_changed_is_refused(string problem)
    {
        Unpack();
        string library = Path.Combine(Unpacked, Tree, Library);
        if (problem == "is missing")
            File.Delete(library);
        else
            File.AppendAllText(library, "damage");

        using var release = new UnpackedRelease(Unpacked);
        InstallException refused = Assert.ThrowsExactly<InstallException>(() => new Installation(new DebuggerFolder(Folder), TextWriter.Null).Install(release));

        Assert.Contains(problem, refused.Message);
        Assert.IsFalse(Directory.Exists(Folder));
    }

    [TestMethod]
    public void Sums_that_lead_out_of_the_folder_are_refused()
    {
        Unpack();
        File.AppendAllText(Path.Combine(Unpacked, "SHA256SUMS"), $"00  {Tree}../../../evil.dll\n");

        using var release = new UnpackedRelease(Unpacked);
        InstallException refused = Assert.ThrowsExactly<InstallException>(() => new Installation(new DebuggerFolder(Folder), TextWriter.Null).Install(release));

        Assert.Contains("which is no file of a release", refused.Message);
    }

    [TestMethod]
    public void Install_without_a_package_says_what_to_name() =>
        Assert.Contains("Name the release zip: kcallbacks install PACKAGE", ToolRun.Of("install", "--into", Folder).Error);

    private string Unpacked => Path.Combine(_root, "unpacked");

    private void Unpack()
    {
        ZipFile.ExtractToDirectory(Zip, Unpacked);
        IEnumerable<string> files = Directory.EnumerateFiles(Unpacked, "*", SearchOption.AllDirectories);
        File.WriteAllLines(Path.Combine(Unpacked, "SHA256SUMS"), [.. files.Select(file =>
            $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}  {Path.GetRelativePath(Unpacked, file).Replace('\\', '/')}")]);
    }

    private void MakePackage(params (string Name, string Content)[] files)
    {
        File.Delete(Zip);
        using (ZipArchive zip = ZipFile.Open(Zip, ZipArchiveMode.Create))
        {
            foreach ((string name, string content) in files)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(content);
            }
        }

        string sum = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Zip)));
        File.WriteAllText(Path.Combine(_root, "SHA256SUMS"), $"{sum}  {Path.GetFileName(Zip)}\n");
    }

    /// <summary>Has this process use a file as a loaded library is used.</summary>
    private static IDisposable Use(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
            return new Used(file, file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read));
        }

        File.Copy(Path.Combine(Environment.SystemDirectory, "version.dll"), path, overwrite: true);
        return new Loaded(NativeLibrary.Load(path));
    }

    private sealed record Used(MemoryMappedFile File, MemoryMappedViewAccessor View) : IDisposable
    {
        public void Dispose()
        {
            View.Dispose();
            File.Dispose();
        }
    }

    private sealed record Loaded(nint Library) : IDisposable
    {
        public void Dispose() => NativeLibrary.Free(Library);
    }
}

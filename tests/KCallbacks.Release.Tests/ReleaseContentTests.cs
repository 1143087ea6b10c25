using System.Diagnostics;
using System.IO.Compression;

namespace KCallbacks.Release.Tests;

[TestClass]
public sealed class ReleaseContentTests
{
    [TestMethod]
    public void Every_file_has_its_checksum()
    {
        string[] files = [.. Directory.EnumerateFiles(ReleaseFiles.Folder).Select(file => Path.GetFileName(file)).Where(name => name != "SHA256SUMS")];
        string[] summed = [.. File.ReadLines(Path.Combine(ReleaseFiles.Folder, "SHA256SUMS")).Select(line => line.Split("  ")[1])];

        CollectionAssert.AreEquivalent(files, summed);
    }

    private static readonly string[] SymbolFiles = ["extension-amd64/kcallbacks.pdb", "tool-win-x64/kcallbacks.pdb"];

    private static readonly string[] FilesOfTheLinuxTool =
    [
        "kcallbacks", "README.md", "LICENSE",
        "share/man/man1/kcallbacks.1", "share/bash-completion/completions/kcallbacks", "share/zsh/site-functions/_kcallbacks",
    ];

    [TestMethod]
    public void Symbols_lie_apart_from_the_programs()
    {
        using ZipArchive symbols = ZipFile.OpenRead(Directory.GetFiles(ReleaseFiles.Folder, "*-symbols.zip").Single());

        CollectionAssert.IsSubsetOf(SymbolFiles, symbols.Entries.Select(entry => entry.FullName).ToArray());
        Assert.IsEmpty(Directory.GetFiles(ReleaseFiles.Windows, "*.pdb", SearchOption.AllDirectories));
        if (ReleaseFiles.LinuxTool is { } tool)
        {
            Assert.IsNotNull(symbols.GetEntry("tool-linux-x64/kcallbacks.dbg"));
            string folder = Path.GetDirectoryName(tool)!;
            CollectionAssert.AreEquivalent(FilesOfTheLinuxTool, Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).ToArray());
            Assert.AreEqual(ProgramRun.Of(new ProcessStartInfo(tool, ["man"])).Output, File.ReadAllText(Path.Combine(folder, "share", "man", "man1", "kcallbacks.1")));
            Assert.Contains("complete -o default -F _kcallbacks kcallbacks", File.ReadAllText(Path.Combine(folder, "share", "bash-completion", "completions", "kcallbacks")));
        }
    }

    /// <summary>From the folder alone: no feed is asked.</summary>
    [TestMethod]
    public void The_package_for_the_sdk_is_installed_and_runs()
    {
        string folder = Path.Combine(ReleaseFiles.Folder, "sdk");
        string feeds = Path.Combine(ReleaseFiles.Folder, "nuget.config");
        File.WriteAllText(feeds, $"""<configuration><packageSources><clear/><add key="release" value="{ReleaseFiles.Folder}"/></packageSources></configuration>""");
        try
        {
            ProgramRun installed = ProgramRun.Of(new ProcessStartInfo("dotnet", ["tool", "install", "kcallbacks", "--tool-path", folder, "--configfile", feeds, "--no-cache"]));
            Assert.AreEqual(0, installed.Code, installed.Output + installed.Error);

            ProgramRun run = ProgramRun.Of(new ProcessStartInfo(Path.Combine(folder, OperatingSystem.IsWindows() ? "kcallbacks.exe" : "kcallbacks"), ["--version"]));
            Assert.AreEqual(0, run.Code, run.Error);
            Assert.StartsWith("0.", run.Output);
        }
        finally
        {
            File.Delete(feeds);
        }
    }
}

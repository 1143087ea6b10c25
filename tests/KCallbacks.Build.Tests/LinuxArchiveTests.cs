using System.Formats.Tar;
using System.IO.Compression;
using KCallbacks.Build.Packaging;

namespace KCallbacks.Build.Tests;

/// <summary>The archive for Linux, with a stand-in for the tool that prints what it was asked.</summary>
[TestClass]
public sealed class LinuxArchiveTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kcallbacks").FullName;

    [TestCleanup]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void It_holds_the_program_and_what_the_program_says_of_itself()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("Skipped on Windows, where the archive is not made.");
        string archive = Make();

        (string Name, string Text)[] entries = [.. Read(archive)];

        CollectionAssert.AreEquivalent(
            (string[])["kcallbacks", "README.md", "LICENSE", "share/man/man1/kcallbacks.1", "share/bash-completion/completions/kcallbacks", "share/zsh/site-functions/_kcallbacks"],
            entries.Select(entry => entry.Name["kcallbacks-1.2.3-linux-x64/".Length..]).ToArray());
        Assert.AreEqual("man\n", entries.Single(entry => entry.Name.EndsWith("kcallbacks.1", StringComparison.Ordinal)).Text);
        Assert.AreEqual("completion zsh\n", entries.Single(entry => entry.Name.EndsWith("_kcallbacks", StringComparison.Ordinal)).Text);
        byte[] first = File.ReadAllBytes(archive);
        CollectionAssert.AreEqual(first, File.ReadAllBytes(Make()));
    }

    private string Make()
    {
        string tool = Write("tool", "#!/bin/sh\necho \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new LinuxArchive(tool, Write("readme", "read me\n"), Write("license", "MIT\n"), new Version(1, 2, 3)).WriteTo(Path.Combine(_folder, "packed"));
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static IEnumerable<(string Name, string Text)> Read(string archive)
    {
        using var packed = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        using var reader = new TarReader(packed);
        while (reader.GetNextEntry() is { } entry)
        {
            using var text = new StreamReader(entry.DataStream!);
            yield return (entry.Name, text.ReadToEnd());
        }
    }
}

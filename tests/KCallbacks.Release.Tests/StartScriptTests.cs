using System.Diagnostics;

namespace KCallbacks.Release.Tests;

/// <summary><c>scripts/kcallbacks</c> in a tree of its own, with a stand-in for <c>dotnet</c> that builds a program which says what it was given.</summary>
[TestClass]
public sealed class StartScriptTests
{
    private readonly string _root = Directory.CreateTempSubdirectory("kcallbacks").FullName;

    private string Source => Path.Combine(_root, "src", "A", "One.cs");

    private string Program => Path.Combine(_root, "artifacts", "publish", "tool", "linux-x64", "kcallbacks");

    [TestInitialize]
    public void MakeTree()
    {
        if (OperatingSystem.IsWindows())
            Assert.Inconclusive("Skipped on Windows: the script is for a Unix shell.");
        foreach (string folder in new[] { "scripts", "build", "bin", Path.Combine("src", "A", "obj") })
            Directory.CreateDirectory(Path.Combine(_root, folder));
        File.Copy(Path.Combine(ReleaseFiles.Repository.Root, "scripts", "kcallbacks"), Path.Combine(_root, "scripts", "kcallbacks"));
        File.WriteAllText(Source, "");
        File.WriteAllText(Path.Combine(_root, "Directory.Build.props"), "");
        WriteScript(Path.Combine(_root, "bin", "dotnet"), $$"""
            echo built
            mkdir -p "$(dirname {{Program}})"
            printf '#!/bin/sh\necho "$@"\nexit 3\n' > {{Program}}
            chmod +x {{Program}}
            """);
    }

    [TestCleanup]
    public void DeleteTree() => Directory.Delete(_root, recursive: true);

    [TestMethod]
    public void It_builds_once_and_then_starts_at_once()
    {
        Assert.AreEqual(new ProgramRun(3, "analyze a b\n", "built\n"), Run("analyze", "a b"));
        Assert.AreEqual(new ProgramRun(3, "analyze a b\n", ""), Run("analyze", "a b"));
    }

    [TestMethod]
    [DataRow("changed")]
    [DataRow("added")]
    [DataRow("removed")]
    public void It_builds_again_after_a_source_was(string what)
    {
        Run();
        File.SetLastWriteTimeUtc(Program, DateTime.UtcNow.AddSeconds(-5));
        SetTimes(DateTime.UtcNow.AddMinutes(-1));
        if (what == "changed")
            File.WriteAllText(Source, "// changed");
        else if (what == "added")
            File.WriteAllText(Path.Combine(_root, "src", "A", "Two.cs"), "");
        else
            File.Delete(Source);

        Assert.AreEqual("built\n", Run().Error);
    }

    [TestMethod]
    public void What_a_build_wrote_is_no_source()
    {
        Run();
        File.SetLastWriteTimeUtc(Program, DateTime.UtcNow.AddSeconds(-5));
        SetTimes(DateTime.UtcNow.AddMinutes(-1));
        File.WriteAllText(Path.Combine(_root, "src", "A", "obj", "One.g.cs"), "");

        Assert.AreEqual("", Run().Error);
    }

    [TestMethod]
    public void A_build_that_fails_starts_nothing()
    {
        WriteScript(Path.Combine(_root, "bin", "dotnet"), "echo no; exit 1");

        Assert.AreEqual(new ProgramRun(2, "", "no\n"), Run("analyze"));
    }

    private void SetTimes(DateTime time)
    {
        foreach (string entry in Directory.EnumerateFileSystemEntries(Path.Combine(_root, "src"), "*", SearchOption.AllDirectories).Append(Path.Combine(_root, "src")).Append(Path.Combine(_root, "build")).Append(Path.Combine(_root, "Directory.Build.props")))
            File.SetLastWriteTimeUtc(entry, time);
    }

    private ProgramRun Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(_root, "scripts", "kcallbacks"), arguments);
        start.Environment["PATH"] = $"{Path.Combine(_root, "bin")}:{start.Environment["PATH"]}";
        return ProgramRun.Of(start);
    }

    private static void WriteScript(string path, string content)
    {
        File.WriteAllText(path, $"#!/bin/sh\n{content}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}

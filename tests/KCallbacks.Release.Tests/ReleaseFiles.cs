using System.Formats.Tar;
using System.IO.Compression;
using KCallbacks.Build;
using KCallbacks.Build.Packaging;
using KCallbacks.Build.Verbs;

namespace KCallbacks.Release.Tests;

/// <summary>The files of a release, made once for all tests of what the build has published, and unpacked as a user would.</summary>
[TestClass]
public sealed class ReleaseFiles
{
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "release");

    /// <summary>What the zip for Windows unpacks to.</summary>
    public static readonly string Windows = Path.Combine(Folder, "windows");

    internal static readonly Repository Repository = Repository.Containing(AppContext.BaseDirectory);

    /// <summary>Path of the zip for Windows.</summary>
    public static string Zip { get; private set; } = "";

    /// <summary>Path of the tool for Linux, unpacked; null on Windows, where it is not built.</summary>
    public static string? LinuxTool { get; private set; }

    [AssemblyInitialize]
    public static void Make(TestContext context)
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        Zip = Package.Write(Repository, Programs(), Folder);
        ZipFile.ExtractToDirectory(Zip, Windows);
        if (Directory.EnumerateFiles(Folder, "*-linux-x64.tar.gz").FirstOrDefault() is not { } archive)
            return;
        using var content = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        TarFile.ExtractToDirectory(content, Folder, overwriteFiles: false);
        LinuxTool = Path.Combine(archive[..^".tar.gz".Length], "kcallbacks");
    }

    private static ReleasedPrograms Programs()
    {
        string tools = Path.Combine(AppContext.BaseDirectory, "tool");
        return new ReleasedPrograms(new Dictionary<string, string> { ["amd64"] = Repository.Extension })
        {
            WindowsTool = Path.Combine(tools, "win-x64", "kcallbacks.exe"),
            LinuxTool = OperatingSystem.IsLinux() ? Path.Combine(tools, "linux-x64", "kcallbacks") : null,
        };
    }
}

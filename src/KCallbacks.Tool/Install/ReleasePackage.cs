using System.IO.Compression;
using System.Security.Cryptography;

namespace KCallbacks.Tool.Install;

/// <summary>A release: a zip whose tree is that of WinDbg's folder, and its checksum in <c>SHA256SUMS</c> beside it.</summary>
internal sealed class ReleasePackage : IRelease
{
    /// <summary>Where in the release the package lies.</summary>
    public const string Tree = $"UserExtensions/{DebuggerFolder.PackageName}/";

    /// <summary>What lies beside the tree, for who unpacks the zip: the tool, and the sums by which it checks the rest.</summary>
    private static readonly string[] Beside = ["kcallbacks.exe", ReleaseSums.FileName];

    /// <summary>A release has a handful.</summary>
    private const int MostFiles = 1_000;

    private readonly string _path;
    private readonly FileStream _zip;

    private ReleasePackage(string path, FileStream zip)
    {
        _path = path;
        _zip = zip;
    }

    /// <summary>Opens a package and makes sure that it is what was released; nobody can exchange it from then on.</summary>
    /// <param name="path">Path of the zip.</param>
    /// <exception cref="InstallException">It is not, or there is nothing to tell by.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ReleasePackage Open(string path)
    {
        if (!File.Exists(path))
            throw new InstallException($"There is no package {path}. scripts/package makes one.");
        string expected = ReleaseSums.Beside(path).Of(Path.GetFileName(path));
        FileStream zip = File.OpenRead(path);
        string actual = Convert.ToHexStringLower(SHA256.HashData(zip));
        if (string.Equals(actual, expected, StringComparison.OrdinalIgnoreCase))
            return new ReleasePackage(path, zip);
        zip.Dispose();
        throw new InstallException($"{path} is damaged: its SHA-256 is {actual}, and {ReleaseSums.FileName} says {expected}. Download it again.");
    }

    /// <inheritdoc/>
    public void UnpackTo(string folder)
    {
        try
        {
            using var zip = new ZipArchive(_zip, ZipArchiveMode.Read, leaveOpen: true);
            foreach (PackageEntry file in FilesOf(zip))
                file.Extract(folder);
        }
        catch (Exception exception) when (exception is InvalidDataException or NotSupportedException or ArgumentException)
        {
            throw new InstallException($"{_path} is no zip that can be read: {exception.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private List<PackageEntry> FilesOf(ZipArchive zip)
    {
        List<PackageEntry> files = [.. zip.Entries.Where(entry => !IsFolderOfTree(entry) && !Beside.Contains(entry.FullName)).Select(entry => new PackageEntry(entry, Tree))];
        if (files.Count is 0 or > MostFiles)
            throw Refused($"it holds {files.Count:N0} files");
        if (files.FirstOrDefault(file => file.Refusal is not null) is { } bad)
            throw Refused($"{bad.Name} {bad.Refusal}");
        if (files.GroupBy(file => file.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } doubled)
            throw Refused($"{doubled.Key} is there twice");
        return files;
    }

    /// <summary>Some programs list the folders, too; they are made with their files.</summary>
    private static bool IsFolderOfTree(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith('/') && (Tree.StartsWith(entry.FullName, StringComparison.Ordinal) || (entry.FullName.StartsWith(Tree, StringComparison.Ordinal) && !entry.FullName.Contains("..", StringComparison.Ordinal)));

    private InstallException Refused(string why) => new($"{_path} is no release of kcallbacks: {why}. Everything in it must lie in {Tree}.");
}

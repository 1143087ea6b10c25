using System.IO.Compression;
using System.Security.Cryptography;

namespace KCallbacks.Tool.Install;

/// <summary>A release: a zip whose tree is that of WinDbg's folder, and its checksum in <c>SHA256SUMS</c> beside it.</summary>
/// <param name="path">Path of the zip.</param>
internal sealed class ReleasePackage(string path)
{
    /// <summary>Name of the file with the checksums, in the format of <c>sha256sum</c>.</summary>
    public const string ChecksumFile = "SHA256SUMS";

    private const string Tree = $"UserExtensions/{DebuggerFolder.PackageName}/";

    /// <summary>Makes sure that the zip is what was released.</summary>
    /// <exception cref="InstallException">It is not, or there is nothing to tell by.</exception>
    public void Verify()
    {
        if (!File.Exists(path))
            throw new InstallException($"There is no package {path}. scripts/package makes one.");
        string sums = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, ChecksumFile);
        if (!File.Exists(sums))
            throw new InstallException($"There is no {ChecksumFile} beside {path}, so that it cannot be checked. Download both.");
        string expected = File.ReadLines(sums)
            .Select(line => line.Split((char[])[' ', '*'], StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(words => words is [_, var name] && name == Path.GetFileName(path))?[0]
            ?? throw new InstallException($"{sums} does not name {Path.GetFileName(path)}.");
        using FileStream stream = File.OpenRead(path);
        string actual = Convert.ToHexStringLower(SHA256.HashData(stream));
        if (!string.Equals(actual, expected, StringComparison.OrdinalIgnoreCase))
            throw new InstallException($"{path} is damaged: its SHA-256 is {actual}, and {ChecksumFile} says {expected}. Download it again.");
    }

    /// <summary>Unpacks the package's folder.</summary>
    /// <param name="folder">The folder to make; must not exist.</param>
    /// <exception cref="InstallException">The zip is none of ours.</exception>
    public void UnpackTo(string folder)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        ZipArchiveEntry[] files = [.. zip.Entries.Where(entry => entry.Name.Length > 0)];
        if (files.Length == 0 || files.Any(file => !file.FullName.StartsWith(Tree, StringComparison.Ordinal) || file.FullName.Contains("..", StringComparison.Ordinal)))
            throw new InstallException($"{path} is no release of kcallbacks: everything in it must lie in {Tree}.");
        foreach (ZipArchiveEntry file in files)
        {
            string target = Path.Combine(folder, file.FullName[Tree.Length..].Replace('/', Path.DirectorySeparatorChar));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            file.ExtractToFile(target);
        }
    }
}

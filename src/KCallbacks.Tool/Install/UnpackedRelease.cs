using System.Security.Cryptography;

namespace KCallbacks.Tool.Install;

/// <summary>A release that was unpacked: the tree and <c>SHA256SUMS</c> beside the tool.</summary>
/// <param name="folder">The folder into which it was unpacked.</param>
internal sealed class UnpackedRelease(string folder) : IRelease
{
    /// <summary>The release that the running program was unpacked with.</summary>
    /// <exception cref="InstallException">It was not.</exception>
    public static UnpackedRelease OfThisProgram() => Directory.Exists(Path.Combine(AppContext.BaseDirectory, ReleasePackage.Tree))
        ? new UnpackedRelease(AppContext.BaseDirectory)
        : throw new InstallException($"There is no extension beside this program, in {AppContext.BaseDirectory}. Name the release zip: kcallbacks install PACKAGE");

    /// <inheritdoc/>
    public void UnpackTo(string target)
    {
        var sums = ReleaseSums.Beside(Path.Combine(folder, ReleasePackage.Tree.Split('/')[0]));
        foreach (string name in sums.Names.Where(name => name.StartsWith(ReleasePackage.Tree, StringComparison.Ordinal)))
            Copy(name, sums.Of(name), Path.Combine(target, name[ReleasePackage.Tree.Length..]));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is kept open.
    }

    /// <summary>What is written is what was checked: the file is read once.</summary>
    private void Copy(string name, string expected, string path)
    {
        if (name.Split('/').Any(part => part is "" or "." or ".."))
            throw new InstallException($"{ReleaseSums.FileName} names {name}, which is no file of a release.");
        string source = Path.Combine(folder, name);
        if (!File.Exists(source))
            throw new InstallException($"{source} is missing. Unpack the release again.");
        byte[] content = File.ReadAllBytes(source);
        string actual = Convert.ToHexStringLower(SHA256.HashData(content));
        if (!string.Equals(actual, expected, StringComparison.OrdinalIgnoreCase))
            throw new InstallException($"{source} is damaged: its SHA-256 is {actual}, and {ReleaseSums.FileName} says {expected}. Unpack the release again.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }
}

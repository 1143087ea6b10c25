using System.Security.Cryptography;

namespace KCallbacks.Build.Packaging;

/// <summary><c>SHA256SUMS</c> beside the files of a release, in the format of <c>sha256sum</c>.</summary>
internal static class Checksums
{
    /// <summary>Writes the sums of files into the folder they lie in.</summary>
    public static void Write(params IReadOnlyList<string> files) => File.WriteAllText(
        Path.Combine(Path.GetDirectoryName(files[0])!, "SHA256SUMS"),
        string.Concat(files.Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}  {Path.GetFileName(file)}\n")));
}

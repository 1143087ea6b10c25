using System.Security.Cryptography;
using System.Text;

namespace KCallbacks.Build.Packaging;

/// <summary><c>SHA256SUMS</c> beside the files of a release and within its zip, in the format of <c>sha256sum</c>.</summary>
internal static class Checksums
{
    public const string FileName = "SHA256SUMS";

    /// <summary>Writes the sums of files into the folder they lie in.</summary>
    public static void Write(params IReadOnlyList<string> files) => File.WriteAllBytes(
        Path.Combine(Path.GetDirectoryName(files[0])!, FileName),
        Of(files.Select(file => (Path.GetFileName(file), File.ReadAllBytes(file)))));

    /// <summary>The sums of files.</summary>
    public static byte[] Of(IEnumerable<(string Name, byte[] Content)> files) =>
        Encoding.UTF8.GetBytes(string.Concat(files.Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(file.Content))}  {file.Name}\n")));
}

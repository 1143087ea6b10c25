using System.IO.Compression;

namespace KCallbacks.Tool.Install;

/// <summary>
/// A file of a release, and where it would be written. A zip may name anything: roots, drives, servers, folders further up, devices,
/// streams of other files, links. What is not the plain name of a file in the package's own folder is refused.
/// </summary>
/// <param name="entry">The entry of the zip.</param>
/// <param name="tree">The folder in the zip that is the package's, ending in a slash.</param>
internal sealed class PackageEntry(ZipArchiveEntry entry, string tree)
{
    /// <summary>Larger than anything a release holds.</summary>
    public const long LargestFile = 256 << 20;

    private const int FileTypeShift = 16;
    private const int FileTypes = 0xf000;
    private const int RegularFile = 0x8000;
    private const int ReparsePoint = 0x400;

    private const string ForbiddenLetters = "\\:<>\"|?*";

    private static readonly string[] Devices =
    [
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        .. "0123456789\u00b9\u00b2\u00b3".SelectMany(digit => new[] { $"COM{digit}", $"LPT{digit}" }),
    ];

    /// <summary>Its name in the zip.</summary>
    public string Name => entry.FullName;

    /// <summary>Why it is refused, in words that follow its name; null when it is not.</summary>
    public string? Refusal
    {
        get
        {
            if (!entry.FullName.StartsWith(tree, StringComparison.Ordinal))
                return $"does not lie in {tree}";
            if (!Parts.All(IsPlainName))
                return "is no plain file name";
            if (IsLink)
                return "is a link or a device";
            return entry.Length > LargestFile ? $"is larger than {LargestFile >> 20} MB" : null;
        }
    }

    /// <summary>Path of the file in a folder.</summary>
    /// <exception cref="InstallException">It would not lie in the folder.</exception>
    public string PathIn(string folder)
    {
        string root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        string path = Path.GetFullPath(Path.Combine([root, .. Parts]));
        return path.StartsWith(root, StringComparison.Ordinal) ? path : throw new InstallException($"{Name} would be written to {path}, outside of {folder}.");
    }

    /// <summary>Writes the file.</summary>
    /// <exception cref="InstallException">It would be written elsewhere, or is longer than it says.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Extract(string folder)
    {
        string path = PathIn(folder);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using Stream content = entry.Open();
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        byte[] buffer = new byte[1 << 16];
        for (int read; (read = content.Read(buffer)) > 0;)
        {
            file.Write(buffer, 0, read);
            if (file.Length > entry.Length)
                throw new InstallException($"{Name} is longer than the zip says.");
        }

        if (file.Length != entry.Length)
            throw new InstallException($"{Name} is shorter than the zip says.");
        file.Flush(flushToDisk: true);
    }

    private string[] Parts => entry.FullName[Math.Min(tree.Length, entry.FullName.Length)..].Split('/');

    /// <summary>Unix tools keep the type of a file in the upper half of the attributes, Windows tools mark a link in the lower one.</summary>
    private bool IsLink
    {
        get
        {
            int type = (entry.ExternalAttributes >> FileTypeShift) & FileTypes;
            return type is not (0 or RegularFile) || (entry.ExternalAttributes & ReparsePoint) != 0;
        }
    }

    /// <summary>Windows drops dots and blanks at a name's end, and finds devices by the name before the first dot.</summary>
    private static bool IsPlainName(string part) =>
        part.Length > 0
        && part[^1] is not ('.' or ' ')
        && !part.Any(letter => char.IsControl(letter) || ForbiddenLetters.Contains(letter, StringComparison.Ordinal))
        && !Devices.Contains(part.Split('.')[0].TrimEnd(' '), StringComparer.OrdinalIgnoreCase);
}

using System.Formats.Tar;
using System.IO.Compression;

namespace KCallbacks.Build.Packaging;

/// <summary>The release for Linux: the tool, which is one file without a runtime.</summary>
/// <param name="Tool">Path of the program.</param>
/// <param name="Texts">Paths of what is beside it.</param>
/// <param name="Version">The version.</param>
internal sealed record LinuxArchive(string Tool, IReadOnlyList<string> Texts, Version Version)
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private string Name => $"kcallbacks-{Version.ToString(3)}-linux-x64";

    /// <summary>Writes the archive.</summary>
    /// <param name="folder">Where to; made when it is not there.</param>
    /// <returns>Path of the archive. The same input gives the same bytes.</returns>
    public string WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, Name + ".tar.gz");
        using FileStream file = File.Create(path);
        using var packed = new GZipStream(file, CompressionLevel.SmallestSize);
        using var archive = new TarWriter(packed, TarEntryFormat.Ustar);
        Add(archive, Tool, Executable);
        foreach (string text in Texts)
            Add(archive, text, Readable);
        return path;
    }

    private void Add(TarWriter archive, string path, UnixFileMode mode)
    {
        using FileStream content = File.OpenRead(path);
        archive.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"{Name}/{Path.GetFileName(path)}")
        {
            Mode = mode,
            ModificationTime = DateTimeOffset.UnixEpoch,
            DataStream = content,
        });
    }
}

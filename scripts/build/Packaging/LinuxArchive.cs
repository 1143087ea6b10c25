using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace KCallbacks.Build.Packaging;

/// <summary>The release for Linux: the tool, which is one file without a runtime, and what a shell and <c>man</c> know of it.</summary>
/// <param name="Tool">Path of the program; runs on this machine.</param>
/// <param name="Readme">Path of what there is to read first.</param>
/// <param name="License">Path of the licence.</param>
/// <param name="Version">The version.</param>
internal sealed record LinuxArchive(string Tool, string Readme, string License, Version Version)
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
        AddFile(archive, "kcallbacks", Tool, Executable);
        AddFile(archive, "README.md", Readme, Readable);
        AddFile(archive, "LICENSE", License, Readable);
        foreach ((string name, string content) in GuideFiles.WrittenBy(Tool))
            Add(archive, name, new MemoryStream(Encoding.UTF8.GetBytes(content)), Readable);
        return path;
    }

    private void AddFile(TarWriter archive, string name, string path, UnixFileMode mode)
    {
        using FileStream content = File.OpenRead(path);
        Add(archive, name, content, mode);
    }

    private void Add(TarWriter archive, string name, Stream content, UnixFileMode mode) =>
        archive.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"{Name}/{name}")
        {
            Mode = mode,
            ModificationTime = DateTimeOffset.UnixEpoch,
            DataStream = content,
        });
}

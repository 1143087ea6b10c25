using System.IO.Compression;

namespace KCallbacks.Build.Packaging;

/// <summary>The symbols of a release's programs, apart from them: whoever debugs the tool or the extension needs them, nobody else.</summary>
/// <param name="Files">Paths of the files by the folder they get.</param>
/// <param name="Version">The version.</param>
internal sealed record SymbolArchive(IReadOnlyDictionary<string, string> Files, Version Version)
{
    /// <summary>Writes the archive.</summary>
    /// <param name="folder">Where to.</param>
    /// <returns>Path of the archive.</returns>
    public string WriteTo(string folder)
    {
        string path = Path.Combine(folder, $"kcallbacks-{Version.ToString(3)}-symbols.zip");
        File.Delete(path);
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach ((string of, string file) in Files.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            ZipArchiveEntry entry = zip.CreateEntry($"{of}/{Path.GetFileName(file)}", CompressionLevel.Fastest);
            entry.LastWriteTime = GalleryPackage.NoTime;
            using Stream stream = entry.Open();
            using FileStream content = File.OpenRead(file);
            content.CopyTo(stream);
        }

        return path;
    }
}

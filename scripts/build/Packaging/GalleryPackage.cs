using System.IO.Compression;
using System.Xml.Linq;

namespace KCallbacks.Build.Packaging;

/// <summary>The release: a zip whose tree is that of WinDbg's folder of the user.</summary>
/// <param name="Manifest">Path of the manifest without version.</param>
/// <param name="Script">Path of the script for WinDbg.</param>
/// <param name="Libraries">Paths of the DLL by the gallery's name of the architecture, for example <c>amd64</c>.</param>
/// <param name="Version">The version.</param>
internal sealed record GalleryPackage(string Manifest, string Script, IReadOnlyDictionary<string, string> Libraries, Version Version)
{
    /// <summary>Name of the package and, because the engine insists on it, of its folder.</summary>
    public const string Name = "KernelCallbacks";

    private const string Root = $"UserExtensions/{Name}";

    /// <summary>A zip knows no earlier time. The same input gives the same zip at any time.</summary>
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the zip.</summary>
    /// <param name="folder">Where to; made when it is not there.</param>
    /// <returns>Path of the zip.</returns>
    public string WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"kcallbacks-{Version.ToString(3)}.zip");
        File.Delete(path);
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            using (Stream manifest = Create(zip, $"{Root}/{Name}.xml"))
                VersionedManifest().Save(manifest);
            foreach ((string architecture, string library) in Libraries.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                Copy(zip, library, $"{Root}/{Version}/{architecture}/{Path.GetFileName(library)}");
            Copy(zip, Script, $"{Root}/{Version}/scripts/{Path.GetFileName(Script)}");
        }

        return path;
    }

    /// <summary>The manifest with the version, and without the architectures that were not built.</summary>
    private XDocument VersionedManifest()
    {
        XDocument manifest = XDocument.Load(Manifest);
        XElement package = manifest.Root!.Element("ExtensionPackage")!;
        package.Element("Version")!.Value = Version.ToString();
        package.Descendants("File").Where(file => !Libraries.ContainsKey((string)file.Attribute("Architecture")!)).Remove();
        return manifest;
    }

    private static void Copy(ZipArchive zip, string file, string name)
    {
        using Stream entry = Create(zip, name);
        using FileStream content = File.OpenRead(file);
        content.CopyTo(entry);
    }

    private static Stream Create(ZipArchive zip, string name)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);
        entry.LastWriteTime = NoTime;
        return entry.Open();
    }
}

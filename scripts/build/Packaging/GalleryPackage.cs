using System.IO.Compression;
using System.Xml.Linq;

namespace KCallbacks.Build.Packaging;

/// <summary>
/// The release for Windows: a zip whose tree is that of WinDbg's folder of the user, with the tool and the checksums of the files beside the
/// tree, so that the tool installs what it was unpacked with.
/// </summary>
/// <param name="Manifest">Path of the manifest without version.</param>
/// <param name="Script">Path of the script for WinDbg.</param>
/// <param name="Programs">The extension and the tool.</param>
/// <param name="Version">The version.</param>
internal sealed record GalleryPackage(string Manifest, string Script, ReleasedPrograms Programs, Version Version)
{
    /// <summary>Name of the package and, because the engine insists on it, of its folder.</summary>
    public const string Name = "KernelCallbacks";

    private const string Root = $"UserExtensions/{Name}";

    /// <summary>A zip knows no earlier time. The same input gives the same zip at any time.</summary>
    internal static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the zip.</summary>
    /// <param name="folder">Where to; made when it is not there.</param>
    /// <returns>Path of the zip.</returns>
    public string WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"kcallbacks-{Version.ToString(3)}.zip");
        File.Delete(path);
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
        List<(string Name, byte[] Content)> files = [.. Files()];
        foreach ((string name, byte[] content) in files.Append((Checksums.FileName, Checksums.Of(files))))
            Add(zip, name, content);
        return path;
    }

    /// <summary>What tells <c>!analyze</c> of the extension; it lies beside the manifest, and must lie beside the DLL.</summary>
    private string AnalysisMetadata => Path.Combine(Path.GetDirectoryName(Manifest)!, "kcallbacks.alz");

    private IEnumerable<(string Name, byte[] Content)> Files()
    {
        if (Programs.WindowsTool is { } tool)
            yield return (Path.GetFileName(tool), File.ReadAllBytes(tool));
        using (var manifest = new MemoryStream())
        {
            VersionedManifest().Save(manifest);
            yield return ($"{Root}/{Name}.xml", manifest.ToArray());
        }

        foreach ((string architecture, string library) in Programs.Libraries.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            yield return ($"{Root}/{Version}/{architecture}/{Path.GetFileName(library)}", File.ReadAllBytes(library));
            yield return ($"{Root}/{Version}/{architecture}/{Path.GetFileName(AnalysisMetadata)}", File.ReadAllBytes(AnalysisMetadata));
        }

        yield return ($"{Root}/{Version}/scripts/{Path.GetFileName(Script)}", File.ReadAllBytes(Script));
    }

    /// <summary>The manifest with the version and the icons, and without the architectures that were not built.</summary>
    private XDocument VersionedManifest()
    {
        XDocument manifest = XDocument.Load(Manifest);
        XElement package = manifest.Root!.Element("ExtensionPackage")!;
        package.Element("Version")!.Value = Version.ToString();
        package.Descendants("File").Where(file => !Programs.Libraries.ContainsKey((string)file.Attribute("Architecture")!)).Remove();
        foreach (XAttribute icon in package.Descendants("View").Attributes().Where(attribute => attribute.Name.LocalName.EndsWith("IconData", StringComparison.Ordinal)))
            icon.Value = DataOf(icon.Value);
        return manifest;
    }

    /// <summary>A picture that the manifest names, as the debugger wants it: the bytes of a PNG in hexadecimal digits.</summary>
    private string DataOf(string picture) =>
        Convert.ToHexStringLower(Png.Of(Picture.Read(Path.Combine(Path.GetDirectoryName(Manifest)!, picture))));

    private static void Add(ZipArchive zip, string name, byte[] content)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);
        entry.LastWriteTime = NoTime;
        using Stream stream = entry.Open();
        stream.Write(content);
    }
}

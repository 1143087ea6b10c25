using System.Xml;
using System.Xml.Linq;

namespace KCallbacks.Tool.Install;

/// <summary>What the engine reads of a package to load its library: the one XML file of its folder.</summary>
/// <param name="Path">Path of the file.</param>
/// <param name="Version">The package's version, which is the name of the folder with its files.</param>
/// <param name="Libraries">The libraries it names.</param>
internal sealed record PackageManifest(string Path, string Version, IReadOnlyList<PackageLibrary> Libraries)
{
    /// <summary>Reads the manifest of a package.</summary>
    /// <exception cref="InstallException">There is none that the engine would accept.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PackageManifest Read(string folder)
    {
        string[] manifests = Directory.GetFiles(folder, "*.xml");
        if (manifests is not [var path])
            throw new InstallException($"{folder} has {manifests.Length} manifests; the engine wants exactly one .xml");
        XElement? package = PackageOf(path);
        if (package?.Element("Name")?.Value != DebuggerFolder.PackageName || package.Element("Version")?.Value is not { } version)
            throw new InstallException($"{path} is no manifest of {DebuggerFolder.PackageName}");
        return new(path, version, [.. package.Descendants("File").Select(file => LibraryOf(file, folder, version))]);
    }

    private static XElement? PackageOf(string path)
    {
        try
        {
            return BoundedXml.Load(path).Element("ExtensionPackage");
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static PackageLibrary LibraryOf(XElement file, string folder, string version)
    {
        string module = ((string?)file.Attribute("Module") ?? "").Replace('\\', System.IO.Path.DirectorySeparatorChar).TrimStart(System.IO.Path.DirectorySeparatorChar);
        return new((string?)file.Attribute("Architecture") ?? "", System.IO.Path.Combine(folder, version, module));
    }
}

/// <summary>A library that a manifest names.</summary>
/// <param name="Architecture">For which engine it is, in the gallery's words.</param>
/// <param name="Path">Where it should lie.</param>
internal sealed record PackageLibrary(string Architecture, string Path);

using System.Xml.Linq;

namespace KCallbacks.Architecture.Tests;

/// <summary>A project of the repository.</summary>
/// <param name="Name">The project file's name without extension.</param>
/// <param name="Folder">Its folder from the repository's, with slashes.</param>
/// <param name="RootNamespace">The namespace of its own folder.</param>
internal sealed record SourceProject(string Name, string Folder, string RootNamespace)
{
    /// <summary>The project that a file belongs to: that of the nearest folder above it; null for none.</summary>
    /// <param name="path">The file's path from the repository's folder.</param>
    public static SourceProject? Of(string path)
    {
        for (string? folder = Path.GetDirectoryName(path); !string.IsNullOrEmpty(folder); folder = Path.GetDirectoryName(folder))
        {
            if (Directory.EnumerateFiles(Path.Combine(SourceTree.Root, folder), "*.csproj").FirstOrDefault() is { } file)
                return Read(file, folder.Replace('\\', '/'));
        }

        return null;
    }

    private static SourceProject Read(string file, string folder)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        return new(name, folder, (string?)XDocument.Load(file).Descendants("RootNamespace").FirstOrDefault() ?? name);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
